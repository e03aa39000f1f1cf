import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openApiDocument } from '../docs/openapi.ts';
import { partnerOpenApiDocument } from '../docs/partner-openapi.ts';
import type { Exchange } from './exchange.ts';
import { serveFile } from './files.ts';
import { Refusal } from './problem.ts';

const SWAGGER = dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json')));

type Docs = { readonly title: string; readonly page: string; readonly document: string };
const RESIDENT: Docs = { title: 'HEMS API', page: '/docs', document: '/openapi.json' };
const PARTNER: Docs = { title: 'HEMS partner API', page: '/partner/docs', document: '/partner/openapi.json' };

const pageOf = ({ title, page }: Docs): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="api"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="${page}/start.js"></script>
</body>
</html>
`;
const startOf = ({ document }: Docs): string =>
  `SwaggerUIBundle({ url: '${document}', dom_id: '#api', deepLinking: true, validatorUrl: null });\n`;

/** The bundle writes style attributes and elements of its own. */
const looserStyles = (policy: string): string => policy.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");

type Text = { readonly type: string; readonly text: string };
const textsOf = (docs: Docs, document: unknown): Record<string, Text> => ({
  [docs.document]: { type: 'application/json', text: JSON.stringify(document) },
  [docs.page]: { type: 'text/html; charset=utf-8', text: pageOf(docs) },
  [`${docs.page}/start.js`]: { type: 'text/javascript; charset=utf-8', text: startOf(docs) },
});

/** Whether a path is the documentation's to answer. */
export const isOfDocs = (path: string): boolean =>
  [RESIDENT, PARTNER].some(({ page, document }) => path === page || path === document || path.startsWith(`${page}/`));

/** `/docs`, `/openapi.json` and the same of partners, everything from this machine. */
export const docsRoutes = (): ((exchange: Exchange, path: string) => Promise<void>) => {
  const texts = { ...textsOf(RESIDENT, openApiDocument()), ...textsOf(PARTNER, partnerOpenApiDocument()) };
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
