/** One figure on the phone: its question, its number, who below contributes, and the very rows. */
import { useState } from 'react'
import { type FigureQuestion, getEvidence, getFigure } from '../../domain/indicators/contract.ts'
import { useFetch } from '../app/queries.ts'
import { figurePlace } from './asked.tsx'
import { Act, Card, Line, Nothing, Screen, Told, Waiting } from './kit.tsx'
import { PhoneLacking } from './lacking.tsx'
import { goTo, usePlace } from './place.ts'
import './pages.css'

export function PhoneFigure() {
  const { search } = usePlace()
  const question = questionFrom(search.get('q'))
  if (!question)
    return <Nothing title="这个链接不完整" action={<Act onClick={() => goTo('/')}>回工作台</Act>} />
  return <Figure key={JSON.stringify(question)} question={question} />
}

function questionFrom(text: string | null): FigureQuestion | null {
  try {
    return text ? (JSON.parse(text) as FigureQuestion) : null
  } catch {
    return null
  }
}

const inAddress = ({ where, ...rest }: FigureQuestion) => ({
  ...rest,
  ...(where ? { where: JSON.stringify(where) } : {}),
})

function Figure({ question }: { question: FigureQuestion }) {
  const { group: _group, ...plain } = question
  const found = useFetch(getFigure, { query: inAddress({ ...plain, group: question.group ?? 'org' }) })
  const answer = found.data
  return (
    <Screen title={answer?.measure.title ?? '数据'} back>
      {found.error && <Told problem={found.error} retry={() => void found.refetch()} />}
      {!answer && !found.error && <Waiting />}
      {answer && (
        <>
          <Card>
            <p className="mp-quiet">{answer.asked}</p>
            <p className="mp-asked-value">
              {answer.missing ? `— ${answer.missingReason ?? '还没有记录'}` : answer.display}
            </p>
            <p className="mp-quiet">口径：{answer.measure.definition}</p>
          </Card>
          {(answer.groups ?? []).length > (question.group ? 0 : 1) && (
            <Card flush title={!question.group || question.group === 'org' ? '各下级' : '分组'}>
              {(answer.groups ?? []).map((one) => (
                <Line
                  key={one.key}
                  title={one.label}
                  end={one.value === null ? '—' : one.display}
                  {...(one.orgId && one.orgId !== question.org
                    ? { onOpen: () => goTo(figurePlace({ ...plain, org: one.orgId ?? plain.org })) }
                    : {})}
                />
              ))}
            </Card>
          )}
          {question.depth !== '0' && (
            <PhoneLacking
              org={question.org}
              measure={question.measure}
              from={question.from}
              to={question.to}
              where={question.where}
            />
          )}
          <Rows question={plain} />
        </>
      )}
    </Screen>
  )
}

const PAGE = 20
const NAMING = ['name', 'title', 'what']

function Rows({ question }: { question: FigureQuestion }) {
  const [size, setSize] = useState(PAGE)
  const rows = useFetch(getEvidence, { query: { ...inAddress(question), page: 1, size } }, { keepLast: true })
  if (rows.error) return <Told problem={rows.error} retry={() => void rows.refetch()} />
  if (!rows.data) return <Waiting />
  const { columns, total, rows: shown } = rows.data
  const naming = Math.max(
    0,
    columns.findIndex((column) => NAMING.includes(column.id)),
  )
  return (
    <>
      <Card flush title={`明细 ${total.toLocaleString('zh-CN')} 条`}>
        {shown.map((row) => (
          <Line
            key={row.id}
            title={row.cells[naming] ?? '—'}
            about={row.cells
              .filter((cell, i) => cell && i !== naming)
              .slice(0, 4)
              .join(' · ')}
            {...(row.opens === 'records' ? { onOpen: () => goTo(`/records/${row.opensId ?? row.id}`) } : {})}
          />
        ))}
      </Card>
      {total > shown.length && (
        <Act disabled={rows.isFetching} onClick={() => setSize(Math.min(500, size + PAGE))}>
          再看 {PAGE} 条
        </Act>
      )}
    </>
  )
}
