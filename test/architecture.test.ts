/** The rules that keep the tree true: who may import whom, how large things may grow, no circles. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { FIELD_TYPES } from '../domain/records/ledgers/fields/types.ts'

const ROOT = resolve(import.meta.dirname, '..')
const CODE = ['kernel', 'domain', 'server', 'web', 'demo', 'migrations']
const source = (file: string) => readFileSync(join(ROOT, file), 'utf8')

/** Rooms without endpoints of their own, each with the slice before which it stands in the flow. */
const WITHOUT_ENDPOINTS: Record<string, string> = {
  'domain/structure/spans': 'domain/structure/memberships',
  'domain/records/words': 'domain/records/ledgers',
  'domain/records/definitions': 'domain/records/views',
  'domain/reports/gongwen': 'domain/reports/summaries',
}

/** The flow, as `domain/index.ts` wires it: a folder imports only itself and what stands before it. */
const FLOW = flowOf(source('domain/index.ts'))

function flowOf(index: string): string[] {
  const places = new Map(
    [...index.matchAll(/^import \* as (\w+) from '\.\/(.+)\/[^/'\n]+'/gm)].map((m) => [
      m[1],
      `domain/${m[2]}`,
    ]),
  )
  const wired = /slices[^=]*= \[([^\]]*)\]/.exec(index)?.[1] ?? ''
  const slices = [...wired.matchAll(/\w+/g)].flatMap(([name]) => places.get(name) ?? [])
  // A room within a slice (ledgers/own, indicators/overview) belongs to it.
  const whole = slices.filter((one) => !slices.some((other) => one.startsWith(`${other}/`)))
  return whole.flatMap((one) => [
    ...Object.keys(WITHOUT_ENDPOINTS).filter((room) => WITHOUT_ENDPOINTS[room] === one),
    one,
  ])
}

function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return filesIn(path)
    return /\.tsx?$/.test(entry.name) ? [path] : []
  })
}

const files = CODE.filter((folder) => statSync(join(ROOT, folder), { throwIfNoEntry: false })).flatMap(
  filesIn,
)
const isTest = (file: string) => /\.(test|e2e|long)\.tsx?$/.test(file) || file === 'kernel/testing.ts'

/** Files and packages: static imports, those for their effect, those made while running. `values` leaves out types. */
function namedBy(file: string, kind: 'all' | 'values'): string[] {
  const found = source(file).matchAll(
    /^\s*(?:import|export)\s+(type\s)?(?:[^'"]*?from\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm,
  )
  return [...found].filter((m) => kind === 'all' || !m[1]).map((m) => m[2] ?? m[3] ?? '')
}

const importsOf = (file: string, kind: 'all' | 'values' = 'all'): string[] =>
  namedBy(file, kind)
    .filter((name) => name.startsWith('.'))
    .map((name) => relative(ROOT, resolve(ROOT, dirname(file), name)))

/** Packages that are loaded with these files, each with the file that asks for it. */
function packagesBehind(entries: string[]): Map<string, string> {
  const packages = new Map<string, string>()
  const seen = new Set<string>()
  const walk = (file: string) => {
    if (seen.has(file) || !files.includes(file)) return
    seen.add(file)
    for (const name of namedBy(file, 'values').filter((n) => !n.startsWith('.'))) packages.set(name, file)
    for (const next of importsOf(file, 'values')) walk(next)
  }
  for (const file of entries) walk(file)
  return packages
}

const beyond = (entries: string[], allowed: RegExp): string[] =>
  [...packagesBehind(entries)]
    .filter(([name]) => !allowed.test(name))
    .map(([name, file]) => `${file} → ${name}`)

const slice = (file: string) => FLOW.findIndex((folder) => file.startsWith(`${folder}/`))

describe('import direction', () => {
  test('the kernel imports no slice and no wiring', () => {
    const wrong = files
      .filter((f) => f.startsWith('kernel/') && !isTest(f))
      .flatMap((f) =>
        importsOf(f)
          .filter((i) => !i.startsWith('kernel/'))
          .map((i) => `${f} → ${i}`),
      )
    expect(wrong).toEqual([])
  })

  test('every slice of the domain stands in the flow', () => {
    const lost = files.filter((f) => f.startsWith('domain/') && f !== 'domain/index.ts' && slice(f) < 0)
    expect(lost).toEqual([])
  })

  test('a slice imports only itself, slices before it, and the kernel', () => {
    const wrong = files
      .filter((f) => slice(f) >= 0 && !isTest(f))
      .flatMap((f) =>
        importsOf(f)
          .filter((i) => !i.startsWith('kernel/') && (slice(i) < 0 || slice(i) > slice(f)))
          .map((i) => `${f} → ${i}`),
      )
    expect(wrong).toEqual([])
  })

  test('a browser loads only what is meant for one, wherever it stands', () => {
    const page = (files: string[]) => files.filter((f) => !isTest(f))
    const web = page(files.filter((f) => f.startsWith('web/')))
    const desktop =
      /^(react|react-dom|antd|@ant-design\/icons|@tanstack\/react-(query|router)|@tiptap\/(core|pm)|dayjs|typebox)(\/|$)/
    expect(beyond(web, desktop)).toEqual([])
    expect(beyond(page(files.filter((f) => f.endsWith('/contract.ts'))), /^typebox(\/|$)/)).toEqual([])
  })

  test('the phone loads none of the desktop’s libraries', () => {
    expect(beyond(['web/phone/main.tsx'], /^(react|react-dom|@tanstack\/react-query|typebox)(\/|$)/)).toEqual(
      [],
    )
  })

  test('imports of every kind are seen', () => {
    expect(importsOf('test/worlds/tree.ts')).toContain('domain/index.ts')
    expect(FLOW).toContain('domain/reports/forms')
    expect(Object.keys(WITHOUT_ENDPOINTS).filter((room) => !FLOW.includes(room))).toEqual([])
    expect(beyond(['server/main.ts'], /^node:/).length).toBeGreaterThan(3)
  })

  test('there are no circles', () => {
    expect(circles()).toEqual([])
  })
})

/** Strongly connected groups of files by their value imports, found by walking down and looking for the way back. */
function circles(): string[] {
  const found: string[] = []
  const done = new Set<string>()
  const walk = (file: string, trail: string[]) => {
    const at = trail.indexOf(file)
    if (at >= 0) return void found.push([...trail.slice(at), file].join(' → '))
    if (done.has(file)) return
    for (const next of importsOf(file, 'values')) if (files.includes(next)) walk(next, [...trail, file])
    done.add(file)
  }
  for (const file of files) walk(file, [])
  return found
}

describe('size', () => {
  // A declaration is as long as its ledger, a list of words as what offices say: to cut them helps no reader.
  const isData = (file: string) =>
    /^domain\/(records\/(definitions|words)\/|indicators\/asked\/words\.ts)/.test(file)

  test('no file grows beyond 450 lines', () => {
    const long = files
      .filter((f) => !isData(f))
      .map((f) => [f, source(f).split('\n').length] as const)
      .filter(([, lines]) => lines > 450)
    expect(long).toEqual([])
  })

  test('half of the files stay under 120 lines', () => {
    const lines = files.map((f) => source(f).split('\n').length).sort((a, b) => a - b)
    expect(lines[Math.floor(lines.length / 2)]).toBeLessThan(120)
  })
})

const SHARED = ['text', 'number', 'date', 'choice', 'yesNo', 'org', 'person']

describe('laws in code', () => {
  const text = (folders: string[]) =>
    files.filter((f) => folders.some((folder) => f.startsWith(folder)) && !isTest(f))

  test('one clock: nothing else asks the machine for the time', () => {
    const allowed = /^kernel\/(clock|id|files)\.ts$|^kernel\/database\/embedded|^web\/|^server\//
    expect(
      text(['kernel', 'domain']).filter(
        (f) => !allowed.test(f) && /new Date\(\)|Date\.now\(\)/.test(source(f)),
      ),
    ).toEqual([])
  })

  test('a year earlier exists once', () => {
    const reckoned = /slice\(0, 4\)\) - 1\}|- 1\}\$\{/
    expect(
      text(['kernel', 'domain', 'server', 'web']).filter(
        (f) => f !== 'kernel/period.ts' && reckoned.test(source(f)),
      ),
    ).toEqual([])
  })

  test('what is special about a ledger is declared: nobody else knows one by its id', () => {
    // Also a sector of organisations, and a fact of theirs.
    const homonyms = ['enterprise', 'partyLink']
    const ids = readdirSync(join(ROOT, 'domain/records/definitions'))
      .filter((name) => !isTest(name))
      .map((name) => name.replace(/\.ts$/, ''))
      .filter((id) => !homonyms.includes(id))
    const allowed = /^domain\/records\/(definitions|words|import\/sheet\/fixtures)\//
    const named = new RegExp(`['"](?:${ids.join('|')})['"]`)
    expect(
      text(['kernel', 'domain', 'server', 'web']).filter((f) => !allowed.test(f) && named.test(source(f))),
    ).toEqual([])
    expect(named.test("definition.id === 'funding'")).toBe(true)
  })

  test('one place for rights: roles are compared nowhere else', () => {
    const allowed = /^kernel\/(actions|scope|route)\.ts$/
    expect(
      text(['kernel', 'domain', 'server']).filter((f) => !allowed.test(f) && /actionsOfRole/.test(source(f))),
    ).toEqual([])
  })

  test('what a type of field can do stands in its room: nobody else asks which type a field is', () => {
    const room = /^(domain\/records\/ledgers|web\/ledgers)\/fields\//
    const types = FIELD_TYPES.join('|')
    // Filters of figures, columns of tables, runs of a text and columns of sheets have types of their own, some of the
    // same name: there the name of what is asked tells them apart.
    const fields = `\\b(?:field|f|found|t)\\??\\.type (?:===|!==) '(?:${types})'`
    const alone = `\\btype (?:===|!==) '(?:${FIELD_TYPES.filter((t) => !SHARED.includes(t)).join('|')})'`
    const asked = new RegExp(`${fields}|${alone}|\\[('(?:${types})', )+'(?:${types})'\\]\\.includes`)
    const found = text(['kernel', 'domain', 'server', 'web', 'demo']).filter(
      (f) => !room.test(f) && asked.test(source(f)),
    )
    expect(found).toEqual([])
    for (const one of [
      "field.type === 'date'",
      "f?.type !== 'text'",
      "type === 'money'",
      "['text', 'org'].includes",
    ])
      expect(asked.test(one)).toBe(true)
  })

  test('hosts that have not agreed count nowhere: figures, lists and sentences read HOSTS, not the table', () => {
    const whole = [
      'domain/records/import/undo.ts',
      'domain/records/ledgers/hostAnswers.ts',
      'domain/records/ledgers/hosts.ts',
      'domain/records/ledgers/paths.ts',
      'domain/records/ledgers/queries.ts',
      'domain/records/ledgers/store.ts',
      'domain/records/ledgers/tables.ts',
      'domain/records/duplicates/handlers.ts',
      'domain/structure/merges/links.ts',
    ]
    const found = text(['kernel', 'domain', 'server']).filter((f) =>
      /record_host\b|recordHost\b/.test(source(f)),
    )
    expect(found.filter((f) => !whole.includes(f))).toEqual([])
  })

  test('SQL of a slice stands in its queries and measures', () => {
    const wrong = text(['domain']).filter(
      (f) => /\/(contract|rules)\.ts$/.test(f) && /from 'kysely'/.test(source(f)),
    )
    expect(wrong).toEqual([])
  })
})
