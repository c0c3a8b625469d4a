// A bot on npm's ws that speaks channels/generic-websocket.yaml.  usage: node ws_bot.js
//
// Says "echo:" and the customer's text in one frame. Every message is written to the file that HANDLED names, by id, and every
// socket as "open" and "closed".
const fs = require("node:fs");
const { WebSocketServer } = require("ws");

const handled = process.env.HANDLED || "/dev/null";
const log = (line) => fs.appendFileSync(handled, `${line}\n`);
const server = new WebSocketServer({ host: "127.0.0.1", port: 0 }, () => console.log(`listening ${server.address().port}`));

server.on("connection", (socket) => {
  log("open");
  socket.on("close", () => log("closed"));
  socket.on("message", (frame) => {
    const message = JSON.parse(frame);
    log(message.id);
    socket.send(JSON.stringify({ type: "reply", to: message.id, text: `echo:${message.text}` }));
    socket.send(JSON.stringify({ type: "done", to: message.id }));
  });
});
