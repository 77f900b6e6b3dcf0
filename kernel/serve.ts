/** HTTP: contracts become validated routes, refusals become problem documents, files come in and go out. */
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import swagger from '@fastify/swagger'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifySchema,
} from 'fastify'
import { endInTime } from './closing.ts'
import type { Actor, Services } from './context.ts'
import { doAs, type Work } from './database/lanes/work.ts'
import type { Endpoint } from './endpoint.ts'
import { type FieldProblem, Refusal, statusOf } from './errors.ts'
import { refusalFor } from './failures.ts'
import { readForm } from './forms.ts'
import { newId } from './id.ts'
import { refuseUnwritable } from './input.ts'
import { API_GUARDS, FILE_GUARDS, refuseForeignHost, refuseForeignSite } from './origin.ts'
import { type AnyRoute, admit, checkRight, type Download, type From, type Route, run } from './route.ts'
import { FORMAT_WORDS, FORMATS, OPENED, RESOLVED } from './shapes.ts'
import { NOTHING, strictly, unknownKey } from './strict.ts'

export interface ServeOptions {
  services: Services
  routes: AnyRoute[]
  /** Who a session token belongs to; null when it has ended. */
  actorOf: (token: string) => Promise<Actor | null>
  version: string
  /** Looks over the body of every call but those that carry cells of a sheet. @throws Refusal of what no text may hold */
  refuseTexts?: (body: unknown) => void
  front?: Front | undefined
}

/** What stands between the server and the browsers. */
export interface Front {
  /** Names besides the machine's own under which people open it, as through a proxy. */
  hostNames?: string[]
  /** Addresses of proxies whose word is taken for where a call comes from and whether it came by TLS. */
  proxies?: string[]
  /** Browsers come by TLS, whatever the proxy says. */
  https?: boolean
  /** For how long browsers are to come by TLS only; not told unless given. */
  hstsDays?: number
}

export const nobody: Actor = {
  accountId: '00000000-0000-0000-0000-000000000000',
  personId: null,
  name: '',
  grants: [],
}

/** An address and a form hold only text; a JSON body says what it means, and null stays null. */
// `Infinity` is made a number by coercion, and must then fail by its bounds.
const fromText = withFormats(
  new Ajv({ allErrors: true, verbose: true, coerceTypes: 'array', useDefaults: true, strictNumbers: false }),
)
const strict = withFormats(new Ajv({ allErrors: true, verbose: true, useDefaults: true }))

function withFormats(ajv: Ajv): Ajv {
  addFormats.default(ajv)
  for (const [name, check] of Object.entries(FORMATS)) ajv.addFormat(name, check)
  return ajv.addVocabulary([RESOLVED, OPENED])
}

export async function createApp(options: ServeOptions): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: 4 * 1024 * 1024,
    genReqId: () => newId(),
    trustProxy: options.front?.proxies ?? false,
    // An address that cannot be read has no route.
    frameworkErrors: (error, request, reply) => answerError(error, request, reply),
    // Those who come while it ends are told so in words, by `endInTime`.
    return503OnClosing: false,
    serializerOpts: { ajv: { formats: FORMATS } },
  })
  endInTime(app, answerError)
  app.addHook('onRequest', async (request) => refuseForeignHost(request, options.front?.hostNames))
  app.setValidatorCompiler(({ schema, httpPart }) =>
    // The fields of a form are checked when they have come, before its files (`fieldsOf`).
    FORM in (schema as object) ? () => true : (httpPart === 'body' ? strict : fromText).compile(schema),
  )
  await app.register(cookie)
  tellHsts(app, options.front)
  await app.register(multipart)
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Mingzhang', version: options.version } },
  })
  app.setErrorHandler((error: Error, request, reply) => answerError(error, request, reply))
  await app.register(
    async (api) => {
      api.addHook('onRequest', async (request, reply) => {
        reply.headers(API_GUARDS)
        refuseForeignSite(request)
      })
      api.addHook('preValidation', async ({ params, query, body }) =>
        refuseUnwritable({ params, query, body }),
      )
      for (const served of options.routes) addRoute(api, served, options)
      api.setNotFoundHandler((request, reply) =>
        answerError(new Refusal('notFound', 'notFound', '没有这个接口。'), request, reply),
      )
    },
    { prefix: '/api' },
  )
  return app
}

function addRoute(app: FastifyInstance, served: AnyRoute, options: ServeOptions): void {
  const endpoint: Endpoint = served.endpoint
  const checkFields = fieldsOf(endpoint)
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    schema: schemaOf(endpoint),
    preValidation: async (request) => {
      if (!endpoint.body && endpoint.raw !== 'upload') request.body ??= {}
      if (!endpoint.cells && endpoint.raw !== 'upload') options.refuseTexts?.(request.body)
    },
    handler: async (request, reply) => {
      const jar = jarOf(request, options.front)
      const actor = await doAs({ lane: 'quick', account: '' }, () => callerOf(request, jar, options))
      if (endpoint.right !== 'public' && actor === nobody)
        throw new Refusal('unauthenticated', 'signIn', '请先登录。')
      checkRight(endpoint, actor)
      const { params, query } = request
      const { body, uploads } =
        endpoint.raw === 'upload'
          ? await readForm(request, endpoint, (fields) => {
              checkFields(fields)
              return doAs({ lane: 'quick', account: actor.accountId }, () =>
                admit(options.services, actor, served as Route, { params, query, body: fields }),
              )
            })
          : { body: request.body, uploads: [] }
      const input = { params, query, body: body ?? {}, uploads, from: fromOf(request, jar) }
      const answer: unknown = await doAs(workOf(endpoint, actor, reply), () =>
        run(options.services, actor, served as Route, input as object, keyOf(request)),
      )
      return endpoint.raw === 'download' ? sendFile(reply, answer as Download) : finish(reply, answer, jar)
    },
  })
}

/** A question ends with the connection that it came by; a write is finished, and its answer kept for whoever asks again. */
function workOf(endpoint: Endpoint, actor: Actor, reply: FastifyReply): Work {
  const { accountId, grants } = actor
  const wide = endpoint.work === 'list' && grants.some((g) => g.countyId === null)
  const among = actor === nobody ? 'door' : 'quick'
  const work: Work = { lane: endpoint.work === 'heavy' || wide ? 'heavy' : among, account: accountId }
  if (endpoint.method !== 'GET') return work
  const left = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) left.abort()
  })
  return { ...work, gone: left.signal }
}

function schemaOf(endpoint: Endpoint): FastifySchema {
  const schema: FastifySchema & Record<string, unknown> = {
    operationId: endpoint.id,
    summary: endpoint.summary,
    description: `Right: ${endpoint.right}`,
    tags: [endpoint.id.split('.')[0] ?? ''],
  }
  if (endpoint.params) schema.params = strictly(endpoint.params)
  schema.querystring = strictly(endpoint.query ?? NOTHING)
  if (endpoint.method !== 'GET') schema.body = strictly(endpoint.body ?? NOTHING)
  if (endpoint.raw === 'upload') {
    schema.consumes = ['multipart/form-data']
    schema.body = { ...(schema.body as object), [FORM]: true }
  }
  if (endpoint.response) schema.response = { 200: endpoint.response }
  return schema
}

/** Marks the shape of a form's fields. */
const FORM = 'x-form'

/** @throws invalid `shape` naming the fields that are missing, unknown or wrong */
function fieldsOf({ raw, body }: Endpoint): (fields: object) => void {
  if (raw !== 'upload') return () => undefined
  const check = strict.compile(strictly(body ?? NOTHING))
  return (fields) => {
    if (!check(fields))
      throw wrongShape(
        '表单的内容有误，请改正后再上传。各项要写在文件前面，文件放在最后。',
        (check.errors ?? []) as AjvProblem[],
      )
  }
}

const isHttps = (request: FastifyRequest, front: Front | undefined): boolean =>
  front?.https === true || request.protocol === 'https'

function tellHsts(app: FastifyInstance, front: Front | undefined): void {
  const days = front?.hstsDays
  if (days === undefined) return
  app.addHook('onRequest', async (request, reply) => {
    if (isHttps(request, front)) reply.header('strict-transport-security', `max-age=${days * 86_400}`)
  })
}

/** The cookies' names and marks. `__Host-` keeps a neighbour of the same domain from planting one of its own. */
interface Jar {
  session: string
  device: string
  marks: { path: string; httpOnly: boolean; sameSite: 'lax'; secure: boolean }
}

function jarOf(request: FastifyRequest, front: Front | undefined): Jar {
  const secure = isHttps(request, front)
  const marks = { path: '/', httpOnly: true, sameSite: 'lax' as const, secure }
  const prefix = secure ? '__Host-' : ''
  return { session: `${prefix}mz_session`, device: `${prefix}mz_device`, marks }
}

/** A cookie outlives what it holds: when a session or a device is no longer known is decided here. */
const KEPT_SECONDS = 400 * 86_400

/** A sign-in answer carries its tokens in `setSession` and `setDevice`, which never reach the body. */
function finish(reply: FastifyReply, answer: unknown, { session, device, marks }: Jar): unknown {
  if (answer && typeof answer === 'object' && 'setSession' in answer) {
    const { setSession, setDevice, ...rest } = answer as { setSession: string | null; setDevice?: string }
    if (setSession) reply.setCookie(session, setSession, { ...marks, maxAge: KEPT_SECONDS })
    else reply.clearCookie(session, marks)
    if (setDevice) reply.setCookie(device, setDevice, { ...marks, maxAge: KEPT_SECONDS })
    return rest
  }
  return answer ?? null
}

async function callerOf(request: FastifyRequest, jar: Jar, options: ServeOptions): Promise<Actor> {
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
  const token = bearer ?? request.cookies[jar.session]
  return (token && (await options.actorOf(token))) || nobody
}

const fromOf = (request: FastifyRequest, jar: Jar): From => ({
  address: request.ip,
  agent: request.headers['user-agent'] ?? '',
  device: request.cookies[jar.device] ?? '',
})

function keyOf(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key']
  if (key === undefined) return null
  if (typeof key === 'string' && key.length > 0 && key.length <= 200) return key
  throw new Refusal('invalid', 'badKey', '重试编号（Idempotency-Key）要有 1 到 200 个字符，请换一个再提交。')
}

function sendFile(reply: FastifyReply, file: Download): FastifyReply {
  const name = encodeURIComponent(file.name)
  return reply
    .headers(FILE_GUARDS)
    .header('content-type', file.mediaType)
    .header('content-disposition', `${file.inline ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`)
    .send(file.body instanceof Uint8Array ? Buffer.from(file.body) : file.body)
}

const RETRY_AFTER_S = 3

interface AjvProblem {
  instancePath: string
  keyword: string
  schemaPath: string
  params: Record<string, unknown>
  parentSchema?: { properties?: Record<string, unknown> }
}

function answerError(
  error: Error & { validation?: AjvProblem[]; statusCode?: number },
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const known = refusalOf(error)
  const refusal = known ?? refusalFor(error)
  if (!known)
    console.error(
      `[${request.id}] ${request.method} ${request.routeOptions.url ?? ''}: ${withoutData(error)}`,
    )
  const status = refusal ? statusOf[refusal.kind] : 500
  const retryAfter = refusal?.retryAfter ?? (status === 503 ? RETRY_AFTER_S : undefined)
  if (retryAfter) reply.header('retry-after', retryAfter)
  return reply
    .code(status)
    .type('application/problem+json')
    .send({
      type: 'about:blank',
      status,
      code: refusal?.code ?? 'internal',
      title:
        refusal?.message ?? '系统出错了，您填的内容没有丢。请稍后再试；如果总是这样，请把编号告诉管理员。',
      problems: refusal?.problems ?? [],
      requestId: request.id,
    })
}

/** A database's message may quote a row; its stack and code do not. */
const withoutData = (error: Error & { code?: string }) =>
  `${error.code ?? error.name} ${error.code ? '' : error.message} ${(error.stack ?? '').split('\n').slice(1, 6).join(' ')}`

function refusalOf(
  error: Error & { validation?: AjvProblem[]; statusCode?: number; code?: string },
): Refusal | null {
  if (error instanceof Refusal) return error
  if (error.validation) return wrongShape('填写的内容有误，请改正后再提交。', error.validation)
  if (error.statusCode === 413) return new Refusal('invalid', 'tooLarge', '提交的内容太大了。')
  if (error.statusCode && error.statusCode < 500) return new Refusal('invalid', 'request', '请求的格式不对。')
  return null
}

const wrongShape = (words: string, problems: AjvProblem[]) =>
  new Refusal('invalid', 'shape', words, worthSaying(problems).map(problemOf))

const REASONS: Record<string, (p: Record<string, unknown>) => string> = {
  required: () => '必填',
  minLength: () => '不能为空',
  maxLength: (p) => `不能超过 ${p.limit} 个字`,
  type: () => '类型不对',
  pattern: () => '格式不对',
  format: (p) => FORMAT_WORDS[p.format as keyof typeof FORMATS] ?? '格式不对',
  enum: () => '不在可选范围内',
  const: () => '不在可选范围内',
  anyOf: () => '不在可选范围内',
  minimum: (p) => `不能小于 ${p.limit}`,
  maximum: (p) => `不能大于 ${p.limit}`,
}

/** Where several shapes may be meant, an unknown key makes every one of them fail, each for reasons of its own. */
function worthSaying(problems: AjvProblem[]): AjvProblem[] {
  const strange = problems.filter((p) => p.keyword === 'additionalProperties')
  const known = new Set(strange.flatMap((p) => Object.keys(p.parentSchema?.properties ?? {})))
  const unknown = strange.filter((p) => !known.has(String(p.params.additionalProperty)))
  const plain = problems.filter((p) => p.keyword !== 'additionalProperties')
  if (unknown.length === 0) return plain.length > 0 ? plain : strange
  return [...unknown, ...plain.filter((p) => !/\/anyOf(\/|$)/.test(p.schemaPath))]
}

const placeOf = (p: AjvProblem) => p.instancePath.slice(1).replaceAll('/', '.')

function problemOf(p: AjvProblem): FieldProblem {
  const { additionalProperty: key, missingProperty } = p.params
  if (typeof key === 'string') {
    const field = [placeOf(p), key].filter(Boolean).join('.')
    return { field, ...unknownKey(key, Object.keys(p.parentSchema?.properties ?? {})) }
  }
  return {
    field: (missingProperty as string | undefined) ?? placeOf(p),
    reason: REASONS[p.keyword]?.(p.params) ?? '填写有误',
  }
}
