// What a browser's trace says of its frames: the work of the main thread for each, by kind.
export const FRAME_MS = 1000 / 60;

// The browser's own names of what it does, by what that is.
const KINDS = {
  scripts: /^(FunctionCall|EvaluateScript|TimerFire|EventDispatch|RunMicrotasks|Fire|MinorGC|MajorGC|WebSocketReceive|BlinkGC)|v8|V8/,
  styles: /^UpdateLayoutTree/,
  painting: /Paint|Layerize|Commit|CompositingInputs|UpdateLayer|CullRect/,
  layout: /[lL]ayout/,
};
const kindOf = (name) => Object.keys(KINDS).find((kind) => KINDS[kind].test(name)) || 'other';

// For each frame that the main thread makes: its own task (styles, layout, pre-paint, recording), and
// all tasks since the frame before it, of the last 16.7 ms (scripts: messages, timers, rendering by the page).
export function framesOf(trace) {
  const events = JSON.parse(trace).traceEvents;
  const all = events.filter((e) => e.ph === 'X');
  const begins = all.filter((e) => e.name === 'ProxyMain::BeginMainFrame');
  if (!begins.length) throw new Error('the trace has no frame');
  const { pid, tid } = begins[0];
  const mine = all.filter((e) => e.pid === pid && e.tid === tid).sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  const tasks = nested(mine);
  let last = 0; // when the frame before began
  const frames = begins.sort((a, b) => a.ts - b.ts).map(({ ts }) => {
    const own = tasks.find((t) => t.ts <= ts && ts < t.ts + t.dur);
    const before = tasks.filter((t) => t.ts > last && t.ts < own.ts && t.ts + t.dur > own.ts - FRAME_MS * 1000);
    last = own.ts;
    return sumOf([own, ...before]);
  });
  const seconds = (all.reduce((last, e) => Math.max(last, e.ts), 0) - mine[0].ts) / 1e6;
  return { frames, longest: Math.max(...tasks.map((t) => t.tdur)) / 1000, seconds, threads: threadsOf(events) };
}

// The tasks, each with the CPU time of what it did by kind: what lies in another is that one's own.
function nested(mine) {
  const tasks = [];
  const open = [];
  for (const event of mine) {
    if (event.tdur === undefined) continue;
    while (open.length && open.at(-1).ts + open.at(-1).dur <= event.ts) open.pop();
    const kind = kindOf(event.name);
    const task = open.length ? open[0].task : { ...event, by: {} };
    if (!open.length) tasks.push(task);
    task.by[kind] = (task.by[kind] || 0) + event.tdur;
    if (open.length) task.by[open.at(-1).kind] -= event.tdur;
    open.push({ ts: event.ts, dur: event.dur, kind, task });
  }
  return tasks;
}

function sumOf(tasks) {
  const sum = { cpu: 0, wall: 0, by: {} };
  for (const task of tasks) {
    sum.cpu += task.tdur / 1000;
    sum.wall += task.dur / 1000;
    for (const [kind, us] of Object.entries(task.by)) sum.by[kind] = (sum.by[kind] || 0) + us / 1000;
  }
  return sum;
}

// CPU time of the threads that a GPU would relieve, ms.
function threadsOf(events) {
  const names = new Map(events.filter((e) => e.name === 'thread_name').map((e) => [`${e.pid}/${e.tid}`, e.args.name]));
  const total = (fits) => events.filter((e) => e.ph === 'X' && fits(e)).reduce((sum, e) => sum + (e.tdur || 0) / 1000, 0);
  return {
    raster: total((e) => e.name === 'RasterTask'),
    compositor: total((e) => e.name === 'RunTask' && names.get(`${e.pid}/${e.tid}`) === 'Compositor'),
    drawing: total((e) => e.name === 'RunTask' && names.get(`${e.pid}/${e.tid}`) === 'VizCompositorThread'),
  };
}

// Several rounds as one.
export function merged(rounds) {
  const add = (name) => rounds.reduce((sum, one) => sum + one[name], 0);
  const threads = Object.fromEntries(Object.keys(rounds[0].threads).map((name) => [name, rounds.reduce((sum, one) => sum + one.threads[name], 0)]));
  return { frames: rounds.flatMap((one) => one.frames), longest: Math.max(...rounds.map((one) => one.longest)), seconds: add('seconds'), threads };
}

export function tell({ frames, longest, seconds, threads }) {
  const spread = (of) => {
    const sorted = frames.map((f) => f[of]).sort((a, b) => a - b);
    const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(1);
    const over = sorted.filter((ms) => ms > FRAME_MS).length;
    return `median ${at(0.5)}, 95 % ${at(0.95)}, 99 % ${at(0.99)}, most ${at(1)} ms; above 16.7 ms: ${over}`;
  };
  const busiest = [...frames].sort((a, b) => b.cpu - a.cpu).slice(0, Math.max(1, Math.round(frames.length / 20)));
  const by = ['scripts', 'styles', 'layout', 'painting', 'other'].map((kind) => {
    const mean = busiest.reduce((sum, f) => sum + (f.by[kind] || 0), 0) / busiest.length;
    return `${kind} ${mean.toFixed(1)}`;
  });
  const persecond = Object.entries(threads).map(([name, ms]) => `${name} ${(ms / seconds).toFixed(0)}`);
  console.log(`  ${frames.length} frames; main thread a frame, CPU: ${spread('cpu')}; longest task ${longest.toFixed(1)} ms`);
  console.log(`  the same, wall: ${spread('wall')}`);
  console.log(`  in the busiest twentieth, a frame, ms of CPU: ${by.join(', ')}`);
  console.log(`  in software for want of a GPU, ms of CPU a second: ${persecond.join(', ')}`);
}
