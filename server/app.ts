/** The whole server: the API, and the built pages beside it. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { routes } from '../domain/index.ts'
import { actorOfToken } from '../domain/structure/accounts/actors.ts'
import { refuseIdNumbers } from '../domain/structure/people/idNumbersInTexts.ts'
import type { Services } from '../kernel/context.ts'
import { Refusal } from '../kernel/errors.ts'
import { API_GUARDS } from '../kernel/origin.ts'
import { createApp, type Front } from '../kernel/serve.ts'

const ROOT = join(import.meta.dirname, '..')
const PAGES = join(ROOT, 'dist/web')

const version = (): string =>
  (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version

/** `pages`: the folder of the built web; without one only the API answers. */
export async function buildApp(
  services: Services,
  { pages = PAGES, front }: { pages?: string; front?: Front | undefined } = {},
): Promise<FastifyInstance> {
  const app = await createApp({
    services,
    routes,
    actorOf: (token) => actorOfToken(services, token),
    version: version(),
    refuseTexts: refuseIdNumbers,
    front,
  })
  app.get('/healthz', async () => {
    await sql`select 1`.execute(services.db)
    return { ok: true }
  })
  if (existsSync(join(pages, 'index.html'))) await servePages(app, pages)
  return app
}

/** Built files carry a digest in their names, so a browser may keep them for good; pages are asked for each time. */
const FOR_GOOD = 'public, max-age=31536000, immutable'

const GUARDS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'SAMEORIGIN',
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; frame-ancestors 'self'",
}

async function servePages(app: FastifyInstance, pages: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: pages,
    preCompressed: true,
    cacheControl: false,
    index: false,
    setHeaders: (reply, path) => {
      reply.header('cache-control', /[\\/]assets[\\/]/.test(path) ? FOR_GOOD : 'no-cache')
      for (const [name, value] of Object.entries(GUARDS)) reply.header(name, value)
    },
  })
  app.get('/', (_request, reply) => reply.sendFile('index.html'))
  // The reply is not returned: awaiting it would pile up listeners on the response.
  app.setNotFoundHandler((request, reply) => {
    openPage(request, reply)
  })
}

/** The address bar belongs to the pages: whatever is no file and no call opens one of the two entries. */
function openPage(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = request.url.split('?')[0] ?? '/'
  reply.headers(path.startsWith('/api/') ? API_GUARDS : GUARDS)
  if (path.startsWith('/api/')) throw new Refusal('notFound', 'notFound', '没有这个接口。')
  const isPage = (request.method === 'GET' || request.method === 'HEAD') && !/\.\w{2,5}$/.test(path)
  if (!isPage) return reply.code(404).type('text/plain; charset=utf-8').send('没有这个页面。')
  return reply.sendFile(/^\/m(\/|$)/.test(path) ? 'm.html' : 'index.html')
}
