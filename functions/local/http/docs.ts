import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openApiDocument } from '../docs/openapi.ts';
import type { Exchange } from './exchange.ts';
import { serveFile } from './files.ts';
import { Refusal } from './problem.ts';

const SWAGGER = dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json')));

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>HEMS API</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="api"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;
const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#api', deepLinking: true, validatorUrl: null });\n`;

/** The bundle writes style attributes and elements of its own. */
const looserStyles = (policy: string): string => policy.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");

/** `/docs` and `/openapi.json`, everything from this machine. */
export const docsRoutes = (): ((exchange: Exchange, path: string) => Promise<void>) => {
  const texts: Record<string, { type: string; text: string }> = {
    '/openapi.json': { type: 'application/json', text: JSON.stringify(openApiDocument()) },
    '/docs': { type: 'text/html; charset=utf-8', text: PAGE },
    '/docs/start.js': { type: 'text/javascript; charset=utf-8', text: START },
  };
  return async (exchange, path) => {
    const { response } = exchange;
    const own = texts[path];
    response.setHeader('content-security-policy', looserStyles(String(response.getHeader('content-security-policy'))));
    if (own) {
      response.writeHead(200, { 'content-type': own.type, 'cache-control': 'no-cache' }).end(own.text);
      return;
    }
    const file = path.slice('/docs'.length);
    if (!(await serveFile(exchange, { root: SWAGGER, path: file, cacheControl: 'no-cache' })))
      throw new Refusal(404, `There is no ${path}; the documentation is at /docs.`);
  };
};
