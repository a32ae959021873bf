"use strict";
// Everything that comes from the gateway becomes a text node: nothing in here makes HTML of text.

const MAX_ROWS = 200;
const byId = (id) => document.getElementById(id);
let apis = [];
let socket = null;

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function stagePath(api, stage) {
  const name = stage === "$default" ? "" : `/${encodeURIComponent(stage)}`;
  return `/_aws/execute-api/${api.id}${name}`;
}

function stageUrl(api, stage) {
  const name = stage === "$default" ? "" : `/${encodeURIComponent(stage)}`;
  const scheme = api.protocol === "WEBSOCKET" ? "ws" : "http";
  const port = location.port ? `:${location.port}` : "";
  return `${scheme}://${api.id}.execute-api.localhost${port}${name}`;
}

function link(url) {
  return element("a", { href: url, target: "_blank", rel: "noreferrer" }, url);
}

function stageItem(api, stage) {
  const label = element("span", { className: "stage" }, stage);
  if (api.protocol === "WEBSOCKET") {
    return element("li", {}, label, element("code", {}, stageUrl(api, stage)));
  }
  const byPath = element("a", { href: `${stagePath(api, stage)}/`, target: "_blank", rel: "noreferrer" }, "by path");
  return element("li", {}, label, link(`${stageUrl(api, stage)}/`), " ", byPath);
}

function routeItem(api, route) {
  const button = element("button", { type: "button", className: "route mono", title: "Try this route" }, route.key);
  button.addEventListener("click", () => prefill(api, route));
  const item = element("li", {}, button, element("span", { className: "backend" }, route.backend));
  if (route.authorizer) {
    item.append(element("span", { className: "lock" }, `authorizer: ${route.authorizer}`));
  }
  return item;
}

function apiCard(api) {
  const card = element("article", { className: "card" },
    element("div", { className: "title" },
      element("h3", {}, api.name),
      element("code", {}, api.id),
      element("span", { className: "tag" }, `${api.protocol} · ${api.region_name} · ${api.account_id}`)));
  const urls = api.stages.map((stage) => stageItem(api, stage));
  card.append(urls.length ? element("ul", { className: "urls" }, ...urls)
    : element("p", { className: "empty" }, "No stage, so it cannot be called yet."));
  if (api.routes.length) {
    card.append(element("ul", { className: "routes" }, ...api.routes.map((route) => routeItem(api, route))));
  }
  return card;
}

function showState(state) {
  apis = state.apis;
  byId("where").textContent = `${state.region_name} · ${state.account_id}`;
  byId("api-count").textContent = apis.length;
  byId("apis").replaceChildren(...(apis.length ? apis.map(apiCard)
    : [element("p", { className: "empty" }, "No APIs yet. Create one with any client for API Gateway V2, at this server's URL.")]));
  const stages = byId("try-stage");
  const chosen = stages.value;
  stages.replaceChildren(...apis.flatMap((api) => api.stages.map((stage) =>
    element("option", { value: JSON.stringify([api.id, stage]) }, `${api.name} (${api.id}) ${stage}`))));
  if ([...stages.options].some((option) => option.value === chosen)) stages.value = chosen;
  showProtocol();
  byId("connections-section").hidden = !state.connections.length && !apis.some((api) => api.protocol === "WEBSOCKET");
  byId("connection-count").textContent = state.connections.length;
  byId("connections").replaceChildren(...state.connections.map((each) => element("tr", {},
    element("td", { className: "mono" }, each.id), element("td", { className: "mono" }, each.api_id),
    element("td", {}, each.stage), element("td", { className: "time" }, time(each.connected_at)))));
}

function time(text) {
  const at = new Date(text.replace(" ", "T"));
  return Number.isNaN(at.getTime()) ? text : at.toLocaleTimeString([], { hour12: false });
}

function statusClass(status) {
  if (status === 0 || status >= 500) return "bad";
  return status >= 400 ? "warn" : "good";
}

function showRequest(event) {
  const api = apis.find((each) => each.id === event.api_id);
  const notes = [event.action, event.plane === "control" ? "control plane" : api?.name ?? event.api_id,
    event.stage, event.reason].filter(Boolean).join(" · ");
  const row = element("tr", {},
    element("td", { className: "time" }, time(event.at)),
    element("td", { className: "what" }, element("code", {}, `${event.method} ${event.path}`), element("small", {}, notes)),
    element("td", { className: statusClass(event.status) }, event.status === 0 ? "dropped" : String(event.status)),
    element("td", { className: "number" }, `${(event.seconds * 1000).toFixed(1)} ms`));
  const rows = byId("requests");
  rows.prepend(row);
  while (rows.children.length > MAX_ROWS) rows.lastElementChild.remove();
  byId("request-count").textContent = event.number;
  byId("no-requests").hidden = true;
}

// --- trying a route ---------------------------------------------------------------------------

function chosenStage() {
  const value = byId("try-stage").value;
  if (!value) return null;
  const [id, stage] = JSON.parse(value);
  const api = apis.find((each) => each.id === id);
  return api ? { api, stage } : null;
}

function showProtocol() {
  const chosen = chosenStage();
  const isSocket = chosen?.api.protocol === "WEBSOCKET";
  byId("try-method").hidden = isSocket;
  byId("try-path").hidden = isSocket;
  byId("try-body").placeholder = isSocket ? "Message" : "Body";
  byId("try-send").textContent = isSocket ? (socket ? "Send message" : "Connect") : "Send";
  byId("try-send").disabled = !chosen;
}

function prefill(api, route) {
  const [method, path] = route.key.includes(" ") ? route.key.split(" ") : ["GET", "/"];
  const stage = api.stages.includes("$default") ? "$default" : api.stages[0];
  if (stage) byId("try-stage").value = JSON.stringify([api.id, stage]);
  byId("try-method").value = method === "ANY" ? "GET" : method;
  byId("try-path").value = path.replace(/\{[^}]+\}/g, "1");
  showProtocol();
  byId("try-path").focus();
}

function show(text) {
  byId("try-answer").hidden = false;
  byId("try-answer").textContent = text;
}

function append(text) {
  byId("try-answer").hidden = false;
  byId("try-answer").append(`${text}\n`);
}

async function sendRequest({ api, stage }) {
  const method = byId("try-method").value;
  const path = byId("try-path").value;
  const body = ["GET", "HEAD"].includes(method) ? undefined : byId("try-body").value;
  try {
    const response = await fetch(stagePath(api, stage) + (path.startsWith("/") ? path : `/${path}`), { method, body, redirect: "manual" });
    const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
    show(`${response.status} ${response.statusText}\n${headers}\n\n${await response.text()}`);
  } catch (error) {
    show(String(error));
  }
}

function talk({ api, stage }) {
  if (socket) {
    append(`→ ${byId("try-body").value}`);
    socket.send(byId("try-body").value);
    return;
  }
  show("");
  const opened = new WebSocket(`ws://${location.host}${stagePath(api, stage)}`);
  opened.addEventListener("open", () => { socket = opened; append("connected"); showProtocol(); });
  opened.addEventListener("message", (event) => append(`← ${event.data}`));
  opened.addEventListener("close", (event) => {
    if (socket === opened) socket = null;
    append(`closed ${event.code} ${event.reason}`);
    showProtocol();
  });
}

byId("try-stage").addEventListener("change", () => {
  socket?.close();
  showProtocol();
});
byId("try").addEventListener("submit", (event) => {
  event.preventDefault();
  const chosen = chosenStage();
  if (chosen) (chosen.api.protocol === "WEBSOCKET" ? talk : sendRequest)(chosen);
});

const events = new EventSource("events");
events.addEventListener("open", () => { byId("live").textContent = "live"; byId("live").className = "on"; });
events.addEventListener("error", () => { byId("live").textContent = "disconnected"; byId("live").className = ""; });
events.addEventListener("state", (event) => showState(JSON.parse(event.data)));
events.addEventListener("request", (event) => showRequest(JSON.parse(event.data)));
