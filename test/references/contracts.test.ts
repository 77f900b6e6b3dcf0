/** Every name of a thing in every contract is declared as one, so that nobody can name what lies beyond their reach. */
import { expect, test } from 'vitest'
import { routes } from '../../domain/index.ts'
import type { Endpoint } from '../../kernel/endpoint.ts'
import { referencesOf, textsOf } from '../../kernel/references.ts'

/** Names under which something is asked for by id, code or name. */
const NAMES =
  /^(id|ids|org|orgs|under|parent|into|to|one|other|gone|kept|hosts|view|batch|file|ledgers?|record|person|where|.*(Id|Ids|Org|Orgs))$/
const ID = /0-9a-f/

/** What looks like a reference and is none, each with why. */
const NONE: [place: RegExp, why: string][] = [
  [/^records\.create body\.id$/, 'made by the client for the record that is only now made'],
  [/^duplicates\.likeRecords body\.id$/, 'of the draft on the screen, which is not compared with itself'],
  [/^ownLedgers\.\w+ body\.definition\./, 'names within the declaration that is sent'],
  [/^summaries\.\w+ body\.body\.sections\..*\.?id$/, 'names within the text that is sent'],
  [/^summaries\.refresh body\.paragraphId$/, 'a paragraph of the summary in the path'],
  [/^forms\.submit body\.to$/, 'the words by which the recipient is written down'],
]

const key = (endpoint: Endpoint, at: string[]) => `${endpoint.id} ${at.join('.')}`
const isDay = (shape: Record<string, unknown>) =>
  ['day', 'moment', 'looseDate'].includes(String(shape.format))

test('a text that names a thing says what it names', () => {
  const undeclared = routes.flatMap(({ endpoint }) => {
    const declared = new Set(referencesOf(endpoint).map((d) => d.at.join('.')))
    return textsOf(endpoint)
      .filter(({ at, shape }) => {
        const name = at.filter((step) => step !== '*').at(-1) ?? ''
        const looks = ID.test(String(shape.pattern ?? '')) || shape.format === 'uuid' || NAMES.test(name)
        return looks && !isDay(shape) && shape.enum === undefined && shape.const === undefined
      })
      .filter(({ at }) => !declared.has(at.join('.')))
      .map(({ at }) => key(endpoint, at))
      .filter((place) => !NONE.some(([pattern]) => pattern.test(place)))
  })
  expect(undeclared).toEqual([])
})

test('the exceptions are still there', () => {
  const places = routes.flatMap(({ endpoint }) => textsOf(endpoint).map(({ at }) => key(endpoint, at)))
  expect(NONE.filter(([pattern]) => !places.some((p) => pattern.test(p))).map(([p]) => String(p))).toEqual([])
})
