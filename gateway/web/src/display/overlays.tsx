// What lies over a screen for a moment: its name when it is asked for, the one thing that can be
// pressed here (to allow sounds), and what is heard, for those who do not hear it.
import { screenNumber } from '../core/screens';
import { D } from '../words/display';
import { framed, screen } from './identity';
import { identified } from './orders';
import { Said } from './parts';
import { allow, ready, ringing } from './sound';

export function Overlays() {
  const { name, screen: id, sound, held } = screen.value;
  if (framed) return null;
  const number = screenNumber(id);
  const heard = ringing.value;
  return (
    <>
      {identified.value > Date.now() && (
        <div class="identify" role="status">
          <p class="identify-number">{number}</p>
          <p class="identify-name">{name || D().screenNumber(number)}</p>
          <p>{held ? D().isHeld : ''}</p>
        </div>
      )}
      {sound && !ready.value && (
        <button type="button" class="allow-sound" onClick={() => allow()}>
          <Said as="span" say={() => D().allowSound} />
        </button>
      )}
      {sound && heard && (
        <p class="ringing" data-sound={heard.sound}>
          <span aria-hidden="true">♪</span> {D().sounds[heard.sound]}
        </p>
      )}
    </>
  );
}
