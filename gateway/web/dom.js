// A page is a function from what is known to a tree; `patch` makes the document agree with the
// tree, and touches nothing that already does. Text of people only ever becomes text nodes.

const SVG = 'http://www.w3.org/2000/svg';
const PROPERTIES = new Set(['value', 'checked', 'disabled', 'hidden', 'indeterminate', 'tabIndex']);

// h('button', {key, class, onclick, style: {'--share': 0.4}}, child, …): children are nodes,
// strings, numbers, arrays of these, or nothing (null, undefined, false).
export function h(tag, props, ...children) {
  return { tag, props: props || {}, children: flatten(children, []) };
}

function flatten(children, out) {
  for (const child of children) {
    if (Array.isArray(child)) flatten(child, out);
    else if (child !== null && child !== undefined && child !== false && child !== '') {
      out.push(typeof child === 'object' ? child : String(child));
    }
  }
  return out;
}

// Makes the children of `parent` agree with `children`, reusing elements of the same tag and key.
// Elements that stay are not moved while what is before them goes, so that focus stays too.
export function patch(parent, children) {
  const wanted = flatten([children], []);
  const keyed = new Map();
  for (const node of parent.childNodes) {
    if (node.plenumKey !== undefined) keyed.set(node.plenumKey, node);
  }
  const keys = new Set(wanted.map((child) => child.props && child.props.key));
  const goes = (node) => node.plenumKey !== undefined && !keys.has(node.plenumKey);
  const kept = new Set();
  let next = parent.firstChild;
  for (const child of wanted) {
    while (next && (kept.has(next) || goes(next))) next = next.nextSibling;
    const key = child.props && child.props.key;
    let node = key === undefined ? nextLike(child, next) : keyed.get(key);
    if (node && (kept.has(node) || (child.tag && node.localName !== child.tag))) node = null;
    if (node && (node === next || key === undefined)) {
      next = node.nextSibling;
    } else {
      node = node || create(child, parent);
      parent.insertBefore(node, next);
    }
    kept.add(node);
    update(node, child);
  }
  for (const node of [...parent.childNodes]) if (!kept.has(node)) node.remove();
}

// The first node from `next` on that can become `child`, which has no key.
function nextLike(child, next) {
  for (let node = next; node; node = node.nextSibling) {
    if (node.plenumKey !== undefined) continue;
    const like = child.tag ? node.localName === child.tag : node.nodeType === Node.TEXT_NODE;
    if (like) return node;
  }
  return null;
}

function create(child, parent) {
  if (typeof child === 'string') return document.createTextNode(child);
  const svg =
    child.tag === 'svg' || (parent.namespaceURI === SVG && parent.localName !== 'foreignObject');
  const node = svg ? document.createElementNS(SVG, child.tag) : document.createElement(child.tag);
  if (child.props.key !== undefined) node.plenumKey = child.props.key;
  node.plenumProps = {};
  return node;
}

function update(node, child) {
  if (typeof child === 'string') {
    if (node.data !== child) node.data = child;
    return;
  }
  const before = node.plenumProps || {};
  for (const name in before) if (!(name in child.props)) set(node, name, undefined, before[name]);
  patch(node, child.children); // first: a select's value needs its options
  for (const name in child.props) set(node, name, child.props[name], before[name]);
  node.plenumProps = child.props;
}

function set(node, name, value, before) {
  if (name === 'key') return;
  if (name.startsWith('on')) {
    if (value !== before) node[name] = value || null;
  } else if (name === 'style') {
    setStyle(node, value || {}, before || {});
  } else if (PROPERTIES.has(name)) {
    const wanted = value === undefined ? '' : value;
    if (node[name] !== wanted) node[name] = wanted; // compared with what people have typed
  } else if (value !== before) {
    if (value === undefined || value === null || value === false) node.removeAttribute(name);
    else node.setAttribute(name, value === true ? '' : value);
  }
}

// Through the object model, which a strict content security policy allows.
function setStyle(node, value, before) {
  for (const name in before) if (!(name in value)) node.style.removeProperty(name);
  for (const name in value) {
    if (value[name] !== before[name]) node.style.setProperty(name, String(value[name]));
  }
}

// Runs `change` and lets the elements matched by `selector` travel from where they were to where
// they are. Without motion for those who asked for none.
export function moving(container, selector, change) {
  if (reducedMotion()) return change();
  const before = new Map();
  for (const node of container.querySelectorAll(selector))
    before.set(node, node.getBoundingClientRect());
  change();
  for (const node of container.querySelectorAll(selector)) {
    const old = before.get(node);
    if (!old || !node.animate) continue;
    const now = node.getBoundingClientRect();
    const [dx, dy] = [old.left - now.left, old.top - now.top];
    if (!dx && !dy) continue;
    node.animate([{ transform: `translate(${dx}px, ${dy}px)` }, { transform: 'none' }], {
      duration: 420,
      easing: 'cubic-bezier(.2,.7,.2,1)',
    });
  }
}

export function reducedMotion() {
  return !!window.matchMedia && window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}
