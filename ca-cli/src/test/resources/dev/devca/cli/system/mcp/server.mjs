// An MCP server on https://localhost: node server.mjs PORT CHAIN KEY [ROOT]
// With ROOT, clients must have a certificate of that CA.
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { SSEServerTransport } from "@modelcontextprotocol/sdk/server/sse.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

const [port, chain, key, root] = process.argv.slice(2);
const base = `https://localhost:${port}`;
const sessions = {};

function mcp() {
  const server = new McpServer({ name: "greeter", version: "1" });
  server.registerTool("greet", {}, () => ({ content: [{ type: "text", text: "hello" }] }));
  return server;
}

const metadata = {
  // RFC 9728 and RFC 8414
  "/.well-known/oauth-protected-resource": {
    resource: `${base}/mcp`,
    authorization_servers: [base],
  },
  "/.well-known/oauth-authorization-server": {
    issuer: base,
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: `${base}/token`,
    registration_endpoint: `${base}/register`,
    response_types_supported: ["code"],
  },
};

async function answer(request, response) {
  const url = new URL(request.url, base);
  const known = Object.keys(metadata).find((path) => url.pathname.startsWith(path));
  if (known) {
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify(metadata[known]));
  } else if (url.pathname === "/mcp" && request.method === "POST") {
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await mcp().connect(transport);
    await transport.handleRequest(request, response);
  } else if (url.pathname === "/sse" && request.method === "GET") {
    const transport = new SSEServerTransport("/messages", response);
    sessions[transport.sessionId] = transport;
    await mcp().connect(transport);
  } else if (url.pathname === "/messages" && sessions[url.searchParams.get("sessionId")]) {
    await sessions[url.searchParams.get("sessionId")].handlePostMessage(request, response);
  } else {
    response.writeHead(url.pathname === "/mcp" ? 405 : 404).end();
  }
}

createServer(
  {
    cert: readFileSync(chain),
    key: readFileSync(key),
    ...(root && { ca: readFileSync(root), requestCert: true, rejectUnauthorized: true }),
  },
  (request, response) => answer(request, response).catch((e) => response.destroy(e)),
).listen(Number(port), "127.0.0.1");
