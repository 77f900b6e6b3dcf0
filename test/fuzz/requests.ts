/** Requests for an endpoint, made from its own contract and then, one in a few, broken on the way. */
import fc from 'fast-check'
import type { Endpoint } from '../../kernel/endpoint.ts'
import { type Known, strangeTexts, Values } from './values.ts'

export interface Sent {
  method: Endpoint['method']
  url: string
  headers: Record<string, string>
  payload?: string
}

/** What a header can hold. */
const header = (text: string) =>
  [...Buffer.from(text, 'utf8')]
    .map((byte) => (byte < 32 || byte === 127 ? '' : String.fromCharCode(byte)))
    .join('')

export function requestsOf(endpoint: Endpoint, known: Known): fc.Arbitrary<Sent> {
  const values = new Values(known)
  const parts = fc.record({
    params: fc.record(
      Object.fromEntries(
        (endpoint.path.match(/:\w+/g) ?? []).map((name) => {
          const shape = (endpoint.params as { properties?: Record<string, object> } | undefined)?.properties
          return [name.slice(1), values.of(shape?.[name.slice(1)] ?? { type: 'string' })]
        }),
      ),
    ),
    query: values.of(endpoint.query ?? { type: 'object' }),
    body:
      endpoint.raw === 'upload' ? multipart(endpoint, known) : values.of(endpoint.body ?? { type: 'object' }),
    broken: fc.oneof({ weight: 14, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: breaking() }),
    headers: fc.oneof({ weight: 14, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: strangeHeaders() }),
  })
  return parts.map(({ params, query, body, broken, headers }) => {
    const sent = plain(endpoint, { params, query, body })
    Object.assign(sent.headers, headers)
    return broken ? broken(sent) : sent
  })
}

interface Parts {
  params: Record<string, unknown>
  query: unknown
  body: unknown
}

function plain(endpoint: Endpoint, { params, query, body }: Parts): Sent {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => escaped(asText(params[name])))
  const pairs = Object.entries(query && typeof query === 'object' ? query : {})
    .flatMap(([key, value]) => [value].flat().map((one) => `${escaped(key)}=${escaped(asText(one))}`))
    .join('&')
  const sent: Sent = { method: endpoint.method, url: `/api${path}${pairs ? `?${pairs}` : ''}`, headers: {} }
  if (endpoint.method === 'GET') return sent
  if (endpoint.raw === 'upload')
    return { ...sent, headers: { 'content-type': 'multipart/form-data; boundary=xx' }, payload: String(body) }
  if (endpoint.body || endpoint.method !== 'DELETE')
    return { ...sent, headers: { 'content-type': 'application/json' }, payload: JSON.stringify(body) }
  return sent
}

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value)?.slice(0, 2000) ?? '')
/** Half of a surrogate pair has no percent-encoding of its own: its three bytes are written as they would be. */
const escaped = (text: string): string =>
  text.isWellFormed() ? encodeURIComponent(text) : `%ED%A0%80${encodeURIComponent(text.toWellFormed())}`

/** Mostly the fields that the form has, before its file; now and then others, and in any order. */
function multipart({ body }: Endpoint, { ids, words }: Known): fc.Arbitrary<string> {
  const part = (head: string, value: string) =>
    `--xx\r\ncontent-disposition: form-data; ${head}\r\n\r\n${value}\r\n`
  const known = Object.keys((body as { properties?: object } | undefined)?.properties ?? {})
  const value = fc.constantFrom(...words, ...ids, ...strangeTexts)
  const named = (names: string[]) =>
    fc.tuple(fc.constantFrom(...names), value).map(([n, v]) => part(`name="${n}"`, v))
  const strange = named([...known, 'a', '__proto__', '', ...words.slice(0, 3)])
  const right = known.length > 0 ? fc.array(named(known), { maxLength: 2 }) : fc.constant([])
  const file = fc
    .tuple(
      fc.constantFrom(
        '表.xlsx',
        '照片.jpg',
        '证明.pdf',
        'a.csv',
        '',
        '../../x',
        'a\0.xlsx',
        '长'.repeat(300),
      ),
      fc.constantFrom(
        '姓名,性别\n赵甲,男\n',
        '%PDF-1.4',
        'PK\u0003\u0004',
        '\u00ff\u00d8\u00ff',
        '',
        '\0\0',
        '{}',
        'x'.repeat(5000),
      ),
    )
    .map(([n, content]) => part(`name="file"; filename="${n}"`, content))
  const usual = fc.tuple(right, fc.array(file, { maxLength: 2 })).map((parts) => parts.flat())
  const any = fc.array(fc.oneof(strange, file), { maxLength: 4 })
  return fc
    .oneof({ weight: 3, arbitrary: usual }, { weight: 1, arbitrary: any })
    .map((all) => `${all.join('')}--xx--\r\n`)
}

function strangeHeaders(): fc.Arbitrary<Record<string, string>> {
  const text = fc.constantFrom(...strangeTexts).map(header)
  const named = (name: string) => text.map((value) => ({ [name]: value }))
  return fc.oneof(
    ...[
      'idempotency-key',
      'origin',
      'host',
      'cookie',
      'accept',
      'content-type',
      'range',
      'sec-fetch-site',
      'accept-encoding',
    ].map(named),
    fc.constantFrom<Record<string, string>>(
      { 'content-type': 'multipart/form-data' },
      { 'content-type': 'multipart/form-data; boundary=yy' },
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/json; charset=gb2312' },
      { origin: 'null' },
      { origin: 'http://[' },
      { cookie: 'mz_session=%ZZ; a=%E0%A4%A' },
      { authorization: 'Bearer' },
      { 'content-encoding': 'gzip' },
      { expect: '200-maybe' },
      { 'transfer-encoding': 'identity' },
    ),
  )
}

function breaking(): fc.Arbitrary<(sent: Sent) => Sent> {
  const half = (text = '') => text.slice(0, Math.floor(text.length / 2))
  return fc.constantFrom<(sent: Sent) => Sent>(
    (sent) => ({ ...sent, payload: half(sent.payload) }),
    (sent) => ({ ...sent, payload: `${sent.payload ?? ''}}` }),
    (sent) => ({ ...sent, payload: '' }),
    (sent) => ({ ...sent, payload: '"text"' }),
    (sent) => ({ ...sent, payload: '[1e999]' }),
    (sent) => ({ ...sent, payload: '\u0000\u0001' }),
    (sent) => ({ ...sent, payload: `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}` }),
    (sent) => ({ ...sent, url: `${sent.url}%` }),
    (sent) => ({ ...sent, url: `${sent.url}%E0%A4%A` }),
    (sent) => ({ ...sent, url: `${sent.url}%00` }),
    (sent) => ({ ...sent, url: sent.url.replace('/api/', '/api//') }),
    (sent) => ({
      ...sent,
      url: `${sent.url}${sent.url.includes('?') ? '&' : '?'}page=Infinity&size=1e21&org=a&org=b`,
    }),
    (sent) => ({ ...sent, url: `${sent.url}?where=%7B%22a&where=%5B` }),
    (sent) => ({ ...sent, url: `${sent.url}/${'x'.repeat(3000)}` }),
    (sent) => ({ ...sent, url: `${sent.url}?${'a=1&'.repeat(2000)}` }),
  )
}
