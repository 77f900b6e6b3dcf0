/** The groups of a figure as bars, each of which opens as a figure of its own. */
import type { Bar } from './Charts.tsx'
import { inLine } from './Figure.tsx'
import type { FigureAnswer, FigureQuestion } from './figures.ts'

export type Group = NonNullable<FigureAnswer['groups']>[number]

/** The greatest first; what has an order of its own, as ages and months, keeps it. */
export function inOrder(groups: Group[]): Group[] {
  const ordered = groups.every((g) => /^\d*([.-]\d+)*$/.test(g.key)) && groups.every((g) => !g.orgId)
  if (ordered) return [...groups].sort((a, b) => a.key.localeCompare(b.key, 'en', { numeric: true }))
  return [...groups].sort((a, b) => (Number(b.value) || 0) - (Number(a.value) || 0))
}

/** `question` as it was grouped. */
export function barOf(
  question: FigureQuestion,
  group: Group,
  { unit, open }: { unit: string; open: (question: FigureQuestion) => void },
): Bar {
  const asked = ofGroup(question, group)
  return {
    key: group.key,
    label: group.label,
    value: group.value,
    shown: inLine({ display: group.display, unit }),
    open: asked && (() => open(asked)),
  }
}

const YES_NO: Record<string, string> = { true: '是', false: '否' }

/** What the organisation itself contributes is its figure without the subtree. */
export function ofGroup({ group, ...question }: FigureQuestion, one: Group): FigureQuestion | null {
  if (!group || group === 'org') {
    if (!one.orgId) return null
    return one.orgId === question.org ? { ...question, depth: '0' } : { ...question, org: one.orgId }
  }
  const value = one.key === '' ? '空' : (YES_NO[one.key] ?? one.key)
  return { ...question, where: { ...question.where, [group]: value } }
}
