/** What Ctrl K finds. A further kind of thing to find is one more entry here. */
import { type Asked, getAsked } from '../../domain/indicators/asked/contract.ts'
import { type FigureQuestion, getMeasures } from '../../domain/indicators/contract.ts'
import { listLedgers } from '../../domain/records/ledgers/contract.ts'
import { searchOrganisations } from '../../domain/structure/organisations/contract.ts'
import { searchPeople } from '../../domain/structure/people/contract.ts'
import { paths } from './address.tsx'
import { call } from './client.ts'
import type { FrameState } from './frameState.tsx'
import type { Me } from './me.ts'
import { linesFor } from './nav.tsx'
import { queryClient } from './queries.ts'

export interface Hit {
  key: string
  title: string
  about?: string | undefined
  /** The answer itself, where there is one. */
  value?: string | undefined
  /** Where it leads; or what it does. */
  path?: string
  act?: () => void
}

export interface PaletteSource {
  title: string
  find: (text: string, frame: FrameState, me: Me) => Promise<Hit[]>
}

const MOST = 6

const commands: PaletteSource = {
  title: '去往',
  find: async (text, frame, me) => {
    const pagesHere = linesFor(me).map((l) => ({ key: l.path, title: l.title, path: l.path }))
    const home = { key: 'org', title: `${frame.org.name}概况`, path: paths.organisation(frame.org.id) }
    return [...pagesHere, home].filter((h) => h.title.includes(text))
  },
}

const organisations: PaletteSource = {
  title: '组织',
  find: async (text, frame) => {
    if (!text) return []
    const found = await call(searchOrganisations, { query: { q: text } })
    return found.organisations.slice(0, MOST).map((o) => ({
      key: o.id,
      title: o.name,
      about: o.fullName.split('/').slice(0, -1).join(' / '),
      act: () => frame.setOrg(o.id),
    }))
  },
}

const people: PaletteSource = {
  title: '人员',
  find: async (text) => {
    if (!text) return []
    const found = await call(searchPeople, { query: { q: text } })
    return found.people.slice(0, MOST).map((p) => ({
      key: p.personId,
      title: p.name,
      about: [p.orgName, p.birthDate?.slice(0, 4)].filter(Boolean).join(' · '),
      path: paths.person(p.personId),
    }))
  },
}

const ledgers: PaletteSource = {
  title: '台账',
  find: async (text) => {
    const { ledgers: all } = await queryClient.fetchQuery({
      queryKey: [listLedgers.id, {}],
      queryFn: () => call(listLedgers, {}),
      staleTime: 60_000,
    })
    return all
      .map((l) => l.definition)
      .filter((l) => text && (l.title.includes(text) || l.id.toLowerCase().includes(text.toLowerCase())))
      .slice(0, MOST)
      .flatMap((l) => [
        { key: l.id, title: l.title, path: paths.ledger(l.id) },
        { key: `${l.id} new`, title: `记一笔：${l.title}`, path: paths.newRecord(l.id) },
      ])
  },
}

/** 全镇多少团员，几个女的: the numbers at once; what else it may mean, and which words were not understood. */
const asked: PaletteSource = {
  title: '答案',
  find: async (text, frame) => {
    if (text.length < 2) return []
    const { org, period } = frame
    const found = await call(getAsked, { query: { text, org: org.id, from: period.from, to: period.to } })
    return found.asked.flatMap((one, i) => hitsOf(one, i))
  },
}

/** Of many figures behind one answer; the rest stands in the evidence. */
const MOST_BEHIND = 10

function hitsOf({ words, question, answer, told, refused, unknown, choices }: Asked, at: number): Hit[] {
  const strange = unknown.length > 0 ? `没看懂“${unknown.join('”“')}”` : undefined
  const others = choices.map((one, i) => ({
    key: `${at} ${i} ${one.title}`,
    title: `${answer ? '也可能是' : '查'}：${one.title}`,
    about: strange,
    path: evidencePath(one.question),
  }))
  if (question && told)
    return [
      {
        key: `${at} ${told.title}`,
        title: told.title,
        value: told.said,
        about: told.note,
        path: evidencePath(question),
      },
      ...told.items.slice(0, MOST_BEHIND).map((one, i) => ({
        key: `${at} behind ${i}`,
        title: one.title,
        value: one.display,
        path: evidencePath(one.question),
      })),
      ...others,
    ]
  if (question && answer)
    return [
      {
        key: `${at} ${answer.asked}`,
        title: answer.asked,
        value: answer.missing ? '—' : answer.display,
        about: strange ?? (answer.missing ? answer.missingReason : answer.note),
        path: evidencePath(question),
      },
      ...(answer.groups ?? []).slice(0, MOST_BEHIND).map(({ key, label, display, orgId }) => ({
        key: `${at} group ${key}`,
        title: label,
        value: display,
        path: evidencePath(groupQuestion(question, key, orgId)),
      })),
      ...others,
    ]
  if (others.length > 0) return others
  return question
    ? [{ key: `${at} ${words}`, title: words, about: refused, path: evidencePath(question) }]
    : []
}

/** One of the groups asked alone; 本级 is the organisation without what is below it. */
const groupQuestion = (question: FigureQuestion, key: string, orgId: string | undefined): FigureQuestion => {
  const { group: _group, ...whole } = question
  return orgId ? { ...whole, org: orgId, ...(key === '' && { depth: '0' as const }) } : question
}

const figures: PaletteSource = {
  title: '指标',
  find: async (text, frame) => {
    if (!text) return []
    const { measures } = await queryClient.fetchQuery({
      queryKey: [getMeasures.id, {}],
      queryFn: () => call(getMeasures, {}),
      staleTime: 300_000,
    })
    const typed = text.toLowerCase()
    return measures
      .filter((m) => m.title.includes(text) || m.nameKey.toLowerCase().includes(typed))
      .slice(0, MOST)
      .map((m) => ({ key: m.id, title: m.title, about: m.group, path: figurePath(m.id, frame) }))
  },
}

/** The page one is on, with the evidence drawer open. */
function figurePath(measure: string, { org, period }: FrameState): string {
  return evidencePath({ measure, org: org.id, from: period.from, to: period.to })
}

const evidencePath = (question: FigureQuestion): string =>
  `${window.location.pathname}?figure=${encodeURIComponent(JSON.stringify(question))}`

export const paletteSources: PaletteSource[] = [asked, commands, organisations, people, ledgers, figures]
