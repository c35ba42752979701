// The staff's page: shows what the hub says, rings while somebody waits, sends what is pressed.
// Knows nothing that the hub did not say; when it hears nothing it says so.
"use strict";

const DEAF_MS = 40000; // the hub beats every 15 s
const RING_MS = 3000;
const hall = document.body.dataset.hall;
const part = (id) => document.getElementById(id);
const title = document.title;
let heard = Date.now();
let ahead = 0; // of the hub's clock
let board = { calls: [], machines: [], times: { count: 0 } };
let audio = null;
let is_flashed = false;
let source = null;

function listen() {
  if (source) source.close();
  source = new EventSource(`/hall/${hall}/events`);
  source.addEventListener("board", (event) => {
    hear();
    board = JSON.parse(event.data);
    ahead = board.now - Date.now();
    show();
  });
  source.addEventListener("beat", hear);
  source.addEventListener("bye", () => location.reload());
  source.addEventListener("open", hear);
  source.addEventListener("error", () => {
    say_link(false);
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(come_back, 5000);
    }
  });
}

// Refused, not cut off: the PIN may be another one, or a proxy answers for a hub that is away.
async function come_back() {
  const answer = await fetch(location.pathname).catch(() => null);
  if (answer && answer.ok) location.reload();
  else setTimeout(come_back, 5000);
}

function hear() {
  heard = Date.now();
  say_link(true);
}

function say_link(is_live) {
  part("link").textContent = is_live ? "连着" : "断了，正在重连：请到机器那边看看";
  document.body.classList.toggle("deaf", !is_live);
}

const waits = (call) => call.state === "waiting" || (call.state === "forwarded" && call.desk === document.body.dataset.desk);

function show() {
  const list = part("calls");
  const open = [...list.querySelectorAll("details[open]")].map((one) => one.closest("li").dataset.id);
  const held = document.activeElement && document.activeElement.dataset.act;
  const held_in = held && document.activeElement.closest("li").dataset.id;
  list.replaceChildren(...board.calls.map((call) => item(call, open)));
  if (held) {
    const again = list.querySelector(`li[data-id="${held_in}"] [data-act="${held}"]`);
    if (again) again.focus();
  }
  part("nobody").classList.toggle("hidden", board.calls.length > 0);
  show_machines();
  const { count, half, most } = board.times;
  part("times").textContent = count
    ? `今天 ${count} 次有人来。一半在 ${spell(half)}以内，95% 在 ${spell(most)}以内。`
    : "今天还没有人叫。";
  tick();
  ring();
}

function item(call, open) {
  const node = part("call").content.firstElementChild.cloneNode(true);
  const put = (name, text) => { node.querySelector(`[data-part="${name}"]`).textContent = text; };
  node.dataset.id = call.id;
  node.dataset.placed = call.placed;
  node.dataset.clock = call.clock;
  node.classList.add(call.state);
  for (const name of ["kiosk", "place", "screen", "language", "words"]) put(name, call[name]);
  node.querySelector('[data-part="language"]').classList.toggle("foreign", !call.is_chinese);
  node.querySelector('[data-part="left"]').classList.toggle("hidden", !call.left);
  const answer = node.querySelector('[data-act="answer"]');
  answer.disabled = call.state === "coming" && call.desk === document.body.dataset.desk;
  if (answer.disabled) answer.textContent = "正在去";
  const forward = node.querySelector("details");
  if (forward) forward.open = open.includes(String(call.id));
  node.querySelectorAll("[data-act]").forEach((button) => {
    button.setAttribute("aria-label", `${call.kiosk}号机 ${button.textContent}`);
    button.addEventListener("click", () => press(call.id, button));
  });
  return node;
}

// What is wrong stands there in large letters; what is well is one line.
function show_machines() {
  const order = ["withdrawn", "fault", "silent", "clock", "low-paper"]; // silence may be an old story
  const ill = board.machines.filter((one) => one.trouble);
  ill.sort((one, other) => order.indexOf(one.trouble) - order.indexOf(other.trouble) || one.kiosk - other.kiosk);
  part("machines").replaceChildren(...ill.map(machine));
  const well = board.machines.filter((one) => !one.trouble).map((one) => `${one.kiosk}号机`);
  part("well").textContent = well.length ? `好的：${well.join("、")}` : "";
}

function machine(one) {
  const node = part("machine").content.firstElementChild.cloneNode(true);
  node.classList.add(one.trouble);
  for (const name of ["kiosk", "words", "do", "place", "since", "facts"]) {
    node.querySelector(`[data-part="${name}"]`).textContent = one[name];
  }
  return node;
}

async function press(id, button) {
  button.disabled = true;
  try {
    const answer = await fetch(`/hall/${hall}/calls/${id}/${button.dataset.act}`, {
      method: "POST",
      headers: { "X-Hall": "1", "Content-Type": "application/json" },
      body: JSON.stringify(button.dataset.desk ? { desk: button.dataset.desk } : {}),
    });
    if (answer.status === 403) location.reload();
    if (!answer.ok) throw new Error(answer.status);
    const forward = button.closest("details");
    if (forward) forward.open = false;
  } catch {
    button.disabled = false;
    say_link(false);
  }
}

function spell(seconds) {
  return seconds < 60 ? `${seconds} 秒` : `${Math.round(seconds / 6) / 10} 分钟`;
}

function tick() {
  const now = Date.now() + ahead;
  document.querySelectorAll("li.call").forEach((node) => {
    const seconds = Math.max(0, Math.round((now - node.dataset.placed) / 1000));
    const minutes = Math.floor(seconds / 60);
    const since = minutes ? `等了 ${minutes} 分 ${seconds % 60} 秒` : `等了 ${seconds} 秒`;
    node.querySelector('[data-part="since"]').textContent = `${since} · ${node.dataset.clock}`;
  });
  const waiting = board.calls.filter(waits);
  is_flashed = waiting.length > 0 && !is_flashed;
  document.title = is_flashed ? `【${waiting.length}】${waiting[0].kiosk}号机叫人` : title;
  document.body.classList.toggle("ringing", waiting.length > 0);
  const alarm = part("alarm");
  const words = waiting.length ? `${waiting.map((call) => `${call.kiosk}号机`).join("、")}叫人` : "";
  if (alarm.textContent !== words) alarm.textContent = words; // said once by a screen reader
  alarm.classList.toggle("hidden", !words);
  if (Date.now() - heard > DEAF_MS) {
    say_link(false);
    heard = Date.now();
    listen();
  }
}

function ring() {
  if (!audio || !board.calls.some(waits)) return;
  for (const [delay, pitch] of [[0, 880], [0.25, 660]]) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const from = audio.currentTime + delay;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, from);
    volume.gain.exponentialRampToValueAtTime(0.4, from + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, from + 0.22);
    tone.connect(volume).connect(audio.destination);
    tone.start(from);
    tone.stop(from + 0.24);
  }
}

part("sound").addEventListener("click", async () => {
  if (audio) {
    await audio.close();
    audio = null;
  } else {
    audio = new AudioContext(); // browsers let a page sound only after a touch
    await audio.resume();
  }
  part("sound").textContent = audio ? "关掉声音" : "打开声音";
  part("sound").setAttribute("aria-pressed", String(Boolean(audio)));
  ring();
});

setInterval(tick, 1000);
setInterval(ring, RING_MS);
listen();
