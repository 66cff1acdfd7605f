// Asks an MCP server in each way: node client.mjs BASE [CHAIN KEY]
// One line for each: what came, or the code of what went wrong.
import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import {
  discoverAuthorizationServerMetadata,
  discoverOAuthProtectedResourceMetadata,
} from "@modelcontextprotocol/sdk/client/auth.js";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { Agent, fetch as undiciFetch, setGlobalDispatcher } from "undici";

const [base, chain, key] = process.argv.slice(2);
if (chain) {
  setGlobalDispatcher(
    new Agent({ connect: { cert: readFileSync(chain), key: readFileSync(key) } }),
  );
  globalThis.fetch = undiciFetch;
}

async function greet(transport) {
  const client = new Client({ name: "devca-test", version: "1" });
  await client.connect(transport);
  const { content } = await client.callTool({ name: "greet", arguments: {} });
  await client.close();
  return content[0].text;
}

async function discover() {
  const resource = await discoverOAuthProtectedResourceMetadata(`${base}/mcp`);
  const server = await discoverAuthorizationServerMetadata(resource.authorization_servers[0]);
  return server.registration_endpoint;
}

async function tell(name, asked) {
  try {
    console.log(`${name}: ${await asked}`);
  } catch (e) {
    const text = inspect(e, { depth: 9 });
    const code = text.match(/[A-Z]+_[A-Z_]*(?:SIGNATURE|CERT|LOCALLY|REQUIRED)/);
    console.log(`${name}: ${code ? code[0] : e.message}`);
  }
}

await tell("http", greet(new StreamableHTTPClientTransport(new URL(`${base}/mcp`))));
await tell("sse", greet(new SSEClientTransport(new URL(`${base}/sse`))));
await tell("oauth", discover());
process.exit(0);
