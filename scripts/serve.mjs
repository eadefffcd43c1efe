// A small static server for this machine only: node scripts/serve.mjs [FOLDER] [PORT]
//
// FOLDER defaults to dist, PORT to 8080 (0: any free one). Prints the address once it listens; stops on SIGINT or SIGTERM.

import * as fs from "node:fs";
import * as http from "node:http";
import * as path from "node:path";

const TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
};

function fail(sentence) {
    console.error(`serve: ${sentence}`);
    process.exit(1);
}

/** The file that a request path names inside `root`, or null. */
function find(root, url) {
    try {
        const name = decodeURIComponent(url.split(/[?#]/, 1)[0]);
        if (name.includes("\0")) return null;
        // resolved first and compared after, so that neither `..` nor a symbolic link leads out
        let file = fs.realpathSync(path.join(root, name));
        if (fs.statSync(file).isDirectory() && name.endsWith("/")) file = fs.realpathSync(path.join(file, "index.html"));
        return file.startsWith(root + path.sep) && fs.statSync(file).isFile() ? file : null;
    } catch {
        return null;
    }
}

const [folder = "dist", port = "8080"] = process.argv.slice(2);
if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) fail(`${port} is not a port`);
if (!fs.existsSync(path.join(folder, "index.html"))) fail(`${folder}/index.html is missing; run make dist`);
const root = fs.realpathSync(folder);

const server = http.createServer((request, response) => {
    const answer = (status, headers, body = "") => response.writeHead(status, headers).end(body);
    if (request.method !== "GET" && request.method !== "HEAD") {
        return answer(405, { Allow: "GET, HEAD", "Content-Type": "text/plain" }, "only GET and HEAD\n");
    }
    const file = find(root, request.url);
    if (!file) return answer(404, { "Content-Type": "text/plain" }, "not found\n");
    const body = fs.readFileSync(file);
    const headers = {
        "Content-Type": TYPES[path.extname(file).toLowerCase()] ?? "application/octet-stream",
        "Content-Length": body.length,
        "Cache-Control": "no-cache",
        "X-Content-Type-Options": "nosniff",
    };
    answer(200, headers, request.method === "HEAD" ? "" : body);
});

server.on("error", (error) => {
    fail(error.code === "EADDRINUSE" ? `port ${port} is in use; choose another with PORT=` : error.message);
});
server.listen(Number(port), "127.0.0.1", () => {
    console.log(`http://127.0.0.1:${server.address().port}/ serves ${folder} (Ctrl-C stops it)`);
});

for (const signal of ["SIGINT", "SIGTERM"]) {
    process.on(signal, () => {
        server.close(() => process.exit(0));
        server.closeAllConnections();
    });
}
