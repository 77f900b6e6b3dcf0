/**
 * Which organisation a cell means: by code, name, path, or the name in another spelling. 柳河村, 柳河村支部 and
 * 共青团柳河村支部委员会 are one; what could be two is answered with both. Pure.
 */

export interface NamedOrg {
  id: string
  code: string
  countyId: string
  name: string
  type: string
  sector: string
  path: string
  validFrom: string
  validTo: string
}

export type Match =
  | { org: NamedOrg }
  /** Several are meant equally. */
  | { several: NamedOrg[] }
  /** None; these are spelled almost so. */
  | { near: NamedOrg[] }

export interface FindOptions {
  /** Names in force at this moment go before earlier and later ones. */
  at: string
  /** Where several types bear the name, this one is meant: members stand in branches. */
  prefer?: string
}

export interface OrgNames {
  find(text: string, options: FindOptions): Match
  /** Every organisation once, under its latest name. */
  all: NamedOrg[]
}

const CLASSES: [RegExp, string][] = [
  [/团?总支(部)?(委员会)?$/, 'generalBranch'],
  [/团?的?工(作)?委(员会)?$/, 'workCommittee'],
  [/团?的?支部(委员会)?$/, 'branch'],
  [/(?<![村居])团?的?委(员会)?$/, 'committee'],
  [/团小组$/, 'group'],
]
const SELF_GOVERNING: [RegExp, string][] = [
  [/村?(村民委员会|村委会)$/, '村'],
  [/(社区)?(居民委员会|居委会)$/, '社区'],
]

interface Spelling {
  /** Without 共青团 before and 团支部 behind; empty when nothing else is said. */
  stem: string
  /** The type that the ending states, if any. */
  type: string | null
}

export const flat = (text: string): string =>
  text.normalize('NFKC').replace(/[\s·•\-—()（）[\]【】“”"']/g, '')

export function spelling(text: string): Spelling {
  const bare = flat(text).replace(/^(中国)?(共产主义青年团|共青团)/, '')
  const found = CLASSES.find(([ending]) => ending.test(bare))
  const cut = found ? bare.replace(found[0], '') : bare
  const stem = SELF_GOVERNING.reduce((name, [ending, word]) => name.replace(ending, word), cut)
  return { stem, type: found?.[1] ?? null }
}

interface Entry {
  org: NamedOrg
  /** Stems from the top down to the organisation's own. */
  chain: string[]
}

/** `above`: names of the superiors of the subtree, by code. */
export function orgNames(spans: NamedOrg[], above: Map<string, string>): OrgNames {
  const latest = new Map<string, NamedOrg>()
  for (const span of spans) latest.set(span.code, span)
  const stems = new Map([...above].map(([code, name]) => [code, spelling(name).stem]))
  for (const [code, span] of latest) stems.set(code, spelling(span.name).stem)
  const entries = spans.map(
    (org): Entry => ({
      org,
      chain: [
        ...codesOf(org.path)
          .slice(0, -1)
          .map((code) => stems.get(code) ?? ''),
        spelling(org.name).stem,
      ],
    }),
  )
  const index = indexOf(entries)
  return {
    all: [...latest.values()],
    find(text, options) {
      for (const candidates of attempts(index, text, latest)) {
        const match = choose(candidates, options)
        if (match) return match
      }
      return { near: nearest(entries, text) }
    },
  }
}

const codesOf = (path: string) => path.split('/').filter(Boolean)

interface Index {
  byName: Map<string, NamedOrg[]>
  byStem: Map<string, NamedOrg[]>
  byChain: Map<string, NamedOrg[]>
}

function indexOf(entries: Entry[]): Index {
  const index: Index = { byName: new Map(), byStem: new Map(), byChain: new Map() }
  const add = (map: Map<string, NamedOrg[]>, key: string, org: NamedOrg) => {
    if (key !== '') map.set(key, [...(map.get(key) ?? []), org])
  }
  for (const { org, chain } of entries) {
    add(index.byName, flat(org.name), org)
    add(index.byStem, chain.at(-1) ?? '', org)
    for (let from = 0; from < chain.length - 1; from++) add(index.byChain, chain.slice(from).join(''), org)
  }
  return index
}

/** From the surest reading of the text to the loosest. */
function* attempts(index: Index, text: string, byCode: Map<string, NamedOrg>): Generator<NamedOrg[]> {
  const whole = flat(text)
  const coded = /^\d{3,}$/.test(whole) ? byCode.get(whole) : undefined
  if (coded) yield [coded]
  yield index.byName.get(whole) ?? []
  const parts = text.split(/[/／>＞→]/).filter((part) => part.trim() !== '')
  const said = spelling(parts.at(-1) ?? '')
  const fits = (org: NamedOrg) => said.type === null || org.type === said.type
  if (parts.length > 1) {
    const chain = parts.map((part) => spelling(part).stem).join('')
    yield (index.byChain.get(chain) ?? []).filter(fits)
    return
  }
  yield (index.byStem.get(said.stem) ?? []).filter(fits)
  yield (index.byChain.get(said.stem) ?? []).filter(fits)
  const level = LEVEL_ONLY.exec(whole)
  if (level) yield ofLevel(byCode, level[1] ?? level[2] ?? '')
}

/** 镇团委, 团县委: no name, but the one committee of that level. */
const LEVEL_ONLY = /^本?(乡|镇|街道|县|区|市|州|旗|校|学校)团(?:工?委|委员会)$|^团([乡镇县区市州旗])委$/

const ofLevel = (byCode: Map<string, NamedOrg>, word: string): NamedOrg[] =>
  [...byCode.values()].filter(({ name, type }) => {
    const { stem } = spelling(name)
    const ends = word.endsWith('校') ? /[学校院]$/.test(stem) : stem.endsWith(word)
    return ends && (type === 'committee' || type === 'workCommittee')
  })

function choose(candidates: NamedOrg[], { at, prefer }: FindOptions): Match | null {
  const standing = candidates.filter((org) => org.validFrom <= at && at < org.validTo)
  const known = unique(standing.length > 0 ? standing : candidates)
  const preferred = known.filter((org) => org.type === prefer)
  const [first, ...others] = preferred.length > 0 ? preferred : known
  if (!first) return null
  return others.length === 0 ? { org: first } : { several: [first, ...others] }
}

const unique = (orgs: NamedOrg[]) => [...new Map(orgs.map((org) => [org.id, org])).values()]

const SHOWN = 3

function nearest(entries: Entry[], text: string): NamedOrg[] {
  const { stem } = spelling(text)
  if (stem.length < 2) return []
  const close = entries.filter(({ chain }) => {
    const own = chain.at(-1) ?? ''
    return (
      own.length >= 2 && (own.includes(stem) || stem.includes(own) || (own.length > 2 && oneApart(own, stem)))
    )
  })
  return unique(close.map(({ org }) => org)).slice(0, SHOWN)
}

/** At most one character put in, left out or changed. */
function oneApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++
  return Math.max(a.length, b.length) - head - tail <= 1
}

const LEAGUE = /团|支部|总支/
const LIKE_ORG =
  /(团支部|支部|总支|团委|团工委|委员会|村|社区|居委会|村委会|学校|小学|中学|学院|[班级]|公司|厂|合作社|镇|乡|街道)$/

/** Whether a text could name an organisation of the League at all. */
export const looksLikeOrg = (text: string): boolean => LIKE_ORG.test(flat(text))
export const namesLeague = (text: string): boolean => LEAGUE.test(text)
