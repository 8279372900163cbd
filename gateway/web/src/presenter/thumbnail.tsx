// What the room sees now: the very page of the big screen, in a frame. It is a picture only: nothing
// in it can be reached, and it is told to no console.
import { useEffect, useRef, useState } from 'preact/hooks';
import { F } from '../words/presenter';
import { token } from './desk';
import { Panel } from './parts';

const WIDTH = 1280; // of a screen; it is drawn smaller

export function Thumbnail({ code }: { code: string }) {
  const box = useRef<HTMLDivElement>(null);
  const [scale, setScale] = useState(0.25);
  useEffect(() => {
    const found = box.current;
    if (!found) return undefined;
    const watcher = new ResizeObserver(() => setScale(found.clientWidth / WIDTH));
    watcher.observe(found);
    return () => watcher.disconnect();
  }, []);
  return (
    <Panel title={F().onScreen} name="thumbnail">
      <div class="live-frame" ref={box}>
        <iframe src={`/d/${code}#t=${token}`} title={F().onScreen} tabIndex={-1} style={{ transform: `scale(${scale})` }} />
      </div>
    </Panel>
  );
}
