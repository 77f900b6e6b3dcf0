/** What the documents promise exists: links, pictures, commands, options; and what must never stand in them does not. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { commands } from '../server/commands/index.ts'

const ROOT = resolve(import.meta.dirname, '..')
const NOT_OURS = new Set(['node_modules', 'dist', 'coverage'])

const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory())
      return NOT_OURS.has(entry.name) || entry.name.startsWith('.') ? [] : filesIn(path, ending)
    return entry.name.endsWith(ending) ? [path] : []
  })

const documents = filesIn('', '.md')
const sourcesIn = (folder: string) => filesIn(folder, '.ts')
const text = (file: string) => readFileSync(join(ROOT, file), 'utf8')

/** As the pages that show Markdown make them: 用自己的 PostgreSQL → 用自己的-postgresql. */
const anchorOf = (heading: string) =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')

const anchorsIn = (file: string) => [...text(file).matchAll(/^#+ (.+)$/gm)].map((m) => anchorOf(m[1] ?? ''))

/** Links and pictures, Markdown's and HTML's, that lead to something of ours. */
const linksIn = (file: string) =>
  [...text(file).matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)]
    .map((m) => m[1] ?? m[2] ?? '')
    .filter((link) => !/^[a-z]+:/.test(link))

const isDead = (file: string, link: string) => {
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? file : relative(ROOT, resolve(ROOT, dirname(file), decodeURI(path)))
  if (!existsSync(join(ROOT, target))) return true
  return anchor !== undefined && !anchorsIn(target).includes(decodeURI(anchor))
}

describe('documents', () => {
  test.each(documents)('%s links to what exists', (file) => {
    expect(linksIn(file).filter((link) => isDead(file, link))).toEqual([])
  })

  test.each(documents)('%s names no package registry', (file) => {
    expect(text(file)).not.toMatch(/:\/\/registry\b|\/home\/|\/root\//)
  })

  test('the architecture fits on a few screens, a decision on one', () => {
    const long = documents.filter(
      (file) =>
        text(file).split('\n').length >
        (file === 'ARCHITECTURE.md' ? 150 : file.startsWith('docs/decisions/') ? 40 : 1000),
    )
    expect(long).toEqual([])
  })
})

/** `mz name --option …` wherever a document shows it. */
const callsIn = (file: string) =>
  [...text(file).matchAll(/npm run(?: -s)? mz -- ([^\n`]+)/g)].map((m) => {
    const words = (m[1] ?? '').split(/\s+/)
    return { name: words[0] ?? '', options: words.filter((w) => w.startsWith('--')).map((w) => w.slice(2)) }
  })

const COMMON = ['json', 'data', 'help']

test.each(documents)('%s shows commands and options that exist', async (file) => {
  const wrong: string[] = []
  for (const { name, options } of callsIn(file)) {
    const entry = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (!entry && name !== '…') wrong.push(name)
    if (!entry) continue
    const known = [...Object.keys((await entry.load()).options), ...COMMON]
    wrong.push(...options.filter((option) => !known.includes(option)).map((option) => `${name} --${option}`))
  }
  expect(wrong).toEqual([])
})

test('scripts that documents name are there', () => {
  const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> }
  const named = documents.flatMap((file) =>
    [...text(file).matchAll(/npm run (?:-s )?([a-z]+)/g)].map((m) => m[1] ?? ''),
  )
  expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([])
})

test('every name in the glossary is used by the code', () => {
  const code = ['domain', 'kernel', 'migrations', 'server'].flatMap(sourcesIn).map(text).join('\n')
  const names = [...text('docs/glossary.md').matchAll(/`([A-Za-z]+|[a-z_]+)`/g)].map((m) => m[1] ?? '')
  expect(names.length).toBeGreaterThan(100)
  expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(code))).toEqual([])
})

/** 点“导入”, 勾“…”, →“设置”: what the guide tells to press. A … stands for what changes. */
const pressed = (file: string) =>
  [...text(file).matchAll(/(?:点|勾|→|写着)\s*“([^”]+)”/g)].flatMap((m) =>
    squeezed(m[1] ?? '')
      .split('…')
      .filter(Boolean),
  )
const squeezed = (words: string) => words.replace(/\s/g, '')

test.each(documents.filter((file) => file.startsWith('docs/guide/')))('%s presses what is there', (file) => {
  const screens = ['web', 'domain', 'kernel'].flatMap((folder) => [
    ...sourcesIn(folder),
    ...filesIn(folder, '.tsx'),
  ])
  const words = squeezed(screens.map(text).join(''))
  expect(pressed(file).filter((label) => !words.includes(label))).toEqual([])
})
