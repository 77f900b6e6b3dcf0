/** The one way from the browser to the server: typed by the contracts, failing with words a person can use. */
import type { Endpoint, Input, Output } from '../../kernel/endpoint.ts'
import type { FieldProblem } from '../../kernel/errors.ts'
import { newId } from '../../kernel/id.ts'

type Given<K extends string, T> =
  T extends Record<string, never>
    ? { [key in K]?: undefined }
    : Record<string, never> extends T
      ? { [key in K]?: T }
      : { [key in K]: T }

/** What an endpoint must be told: its path parameters, its query and its body, those it declares. */
export type Ask<E> = Given<'params', Input<E>['params']> &
  Given<'query', Input<E>['query']> &
  Given<'body', Input<E>['body']>

interface LooseAsk {
  params?: object | undefined
  query?: object | undefined
  body?: object | undefined
}

/** A refusal as the screens show it: the sentence, what is wrong at which field, and a number to quote. */
export class Problem extends Error {
  override name = 'Problem'
  readonly status: number
  readonly code: string
  readonly problems: FieldProblem[]
  readonly requestId: string | undefined

  constructor(
    title: string,
    about: Partial<Pick<Problem, 'status' | 'code' | 'problems' | 'requestId'>> = {},
  ) {
    super(title)
    this.status = about.status ?? 0
    this.code = about.code ?? 'network'
    this.problems = about.problems ?? []
    this.requestId = about.requestId
  }

  get title(): string {
    return this.message
  }

  /** No answer came: what was written may or may not have arrived, and may be sent again with its key. */
  get unanswered(): boolean {
    return this.status === 0
  }
}

/** Any failure as a Problem. */
export const problemOf = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem(error instanceof Error ? error.message : String(error))

let onSignedOut: () => void = () => {}

/** What happens when the server says that nobody is signed in. */
export function whenSignedOut(act: () => void): void {
  onSignedOut = act
}

export interface CallOptions {
  /** The same key for the same intention: sending twice writes once. */
  idempotencyKey?: string | undefined
  signal?: AbortSignal | undefined
}

const RETRY_AFTER_MS = [400, 1600]

export async function call<E extends Endpoint>(
  endpoint: E,
  ask: Ask<E>,
  options: CallOptions = {},
): Promise<Output<E>> {
  const key = endpoint.method === 'GET' ? undefined : (options.idempotencyKey ?? newId())
  const { body } = ask as LooseAsk
  const request: RequestInit = {
    method: endpoint.method,
    credentials: 'same-origin',
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key ? { 'idempotency-key': key } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(options.signal ? { signal: options.signal } : {}),
  }
  const response = await send(addressOf(endpoint, ask as LooseAsk), request)
  if (!response.ok) throw await refusalOf(response)
  return readAnswer<E>(await response.text(), response.status)
}

/** A page instead of an answer comes from a proxy, or from a server older than this client. */
function readAnswer<E>(text: string, status: number): Output<E> {
  try {
    return JSON.parse(text) as Output<E>
  } catch {
    throw new Problem('服务器的回答读不懂，可能正在升级。请刷新页面再试。', { status, code: 'unreadable' })
  }
}

/** The address of an endpoint with its parameters; also for links to pictures and files. */
export function addressOf(endpoint: Endpoint, ask: LooseAsk = {}): string {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String((ask.params as Record<string, unknown> | undefined)?.[name] ?? '')),
  )
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(ask.query ?? {})) {
    for (const each of Array.isArray(value) ? value : [value])
      if (each !== undefined && each !== null && each !== '') query.append(name, String(each))
  }
  const tail = query.toString()
  return `/api${path}${tail ? `?${tail}` : ''}`
}

async function send(address: string, request: RequestInit): Promise<Response> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await fetch(address, request)
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error
      const wait = RETRY_AFTER_MS[attempt]
      if (wait === undefined)
        throw new Problem('连不上服务器。您填的内容还在，请检查网络后再试。', { code: 'network' })
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}

async function refusalOf(response: Response): Promise<Problem> {
  const text = await response.text()
  return problemFrom(response.status, text)
}

function problemFrom(status: number, text: string): Problem {
  if (status === 401) onSignedOut()
  try {
    const told = JSON.parse(text) as {
      title?: string
      code?: string
      problems?: FieldProblem[]
      requestId?: string
    }
    return new Problem(told.title ?? '请求没有成功，请稍后再试。', { ...told, status })
  } catch {
    return new Problem('服务器正在启动或维护，请稍后再试。', { status, code: 'unavailable' })
  }
}

export interface UploadOptions<E> extends CallOptions {
  params?: Input<E>['params'] | undefined
  query?: Input<E>['query'] | undefined
  fields?: Record<string, string> | undefined
  /** Share of the bytes that have left, 0 to 1. */
  onProgress?: ((share: number) => void) | undefined
}

/** Sends files as a form. XMLHttpRequest, because fetch tells nothing about how far it is. */
export function upload<E extends Endpoint>(
  endpoint: E,
  files: File[],
  options: UploadOptions<E> = {},
): Promise<Output<E>> {
  const form = new FormData()
  for (const [name, value] of Object.entries(options.fields ?? {})) form.append(name, value)
  for (const file of files) form.append('file', file, file.name)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(endpoint.method, addressOf(endpoint, options as LooseAsk))
    request.setRequestHeader('idempotency-key', options.idempotencyKey ?? newId())
    request.upload.onprogress = (e) => e.lengthComputable && options.onProgress?.(e.loaded / e.total)
    request.onerror = () => reject(new Problem('上传中断了，请检查网络后再传一次。'))
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'))
    request.onload = () => {
      if (request.status >= 300) return reject(problemFrom(request.status, request.responseText))
      try {
        resolve(readAnswer<E>(request.responseText, request.status))
      } catch (error) {
        reject(error)
      }
    }
    options.signal?.addEventListener('abort', () => request.abort())
    request.send(form)
  })
}

/** Fetches a file and hands it to the browser's downloads. */
export async function download<E extends Endpoint>(endpoint: E, ask: Ask<E>): Promise<void> {
  const { body } = ask as LooseAsk
  const response = await send(addressOf(endpoint, ask as LooseAsk), {
    method: endpoint.method,
    credentials: 'same-origin',
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  })
  if (!response.ok) throw await refusalOf(response)
  const named = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1]
  saveFile(await response.blob(), decodeURIComponent(named ?? endpoint.id))
}

export function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
