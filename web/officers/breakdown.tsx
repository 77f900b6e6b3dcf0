/** How the officers of a filter are made up: by education, sex, Party, minority, age. Every number is a figure. */

import type { ReactNode } from 'react'
import { EDUCATION_LEVELS } from '../../domain/structure/people/codes.ts'
import { measure } from '../../kernel/measureId.ts'
import { Figure } from '../kit/Figure.tsx'
import { type Asked, useFigure } from '../kit/figures.ts'
import './officers.css'

/** The list's filter as figures are asked. */
export interface Narrowed {
  where: Record<string, string>
  depth?: '0' | '1'
}

const MEASURE = measure('officers.people')

const AGES = [
  { title: '28 岁以下', value: '..28' },
  { title: '29 至 35 岁', value: '29..35' },
  { title: '36 岁及以上', value: '36..' },
]

export function Breakdown({ day, by }: { day: string; by: Narrowed }) {
  const { where, depth } = by
  const asked = (more: Record<string, string> = {}, measure = MEASURE): Asked => {
    const all = { ...where, ...more }
    return {
      measure,
      asOf: day,
      ...(depth ? { depth } : {}),
      ...(Object.keys(all).length > 0 ? { where: all } : {}),
    }
  }
  const education = useFigure({ ...asked(), group: 'education' })
  const held = EDUCATION_LEVELS.filter((l) => education.data?.groups?.some((g) => g.key === l.value))
  return (
    <div className="mz-breakdown">
      <Part title="团干部" lines={[{ title: '', asked: asked(), large: true }]}>
        <span className="mz-quiet">
          平均 <Figure asked={asked({}, measure('officers.averageAge'))} />
        </span>
      </Part>
      <Part
        title="学历"
        lines={held.map((l) => ({ title: l.title, asked: asked({ education: l.value }) }))}
      />
      <Part
        title="性别"
        lines={[
          { title: '男', asked: asked({ sex: 'male' }) },
          { title: '女', asked: asked({ sex: 'female' }) },
        ]}
      >
        <Share asked={asked({}, measure('officers.femaleShare'))} word="女性占" />
      </Part>
      <Part title="党员（含预备）" lines={[{ title: '党员', asked: asked({ partyMember: 'yes' }) }]}>
        <Share asked={asked({}, measure('officers.partyShare'))} word="占" />
      </Part>
      <Part title="少数民族" lines={[{ title: '少数民族', asked: asked({ minority: 'yes' }) }]}>
        <Share asked={asked({}, measure('officers.minorityShare'))} word="占" />
      </Part>
      <Part title="年龄" lines={AGES.map((a) => ({ title: a.title, asked: asked({ age: a.value }) }))} />
    </div>
  )
}

interface Line {
  title: string
  asked: Asked
  large?: boolean
}

function Part(props: { title: string; lines: Line[]; children?: ReactNode }) {
  return (
    <section className="mz-breakdown-part">
      <h2>{props.title}</h2>
      {props.lines.map((line) => (
        <div key={line.title} className="mz-breakdown-line">
          {line.title && <span>{line.title}</span>}
          <Figure asked={line.asked} size={line.large ? 'large' : 'inline'} />
        </div>
      ))}
      {props.children}
    </section>
  )
}

const Share = ({ asked, word }: { asked: Asked; word: string }) => (
  <span className="mz-quiet">
    {word} <Figure asked={asked} />
  </span>
)
