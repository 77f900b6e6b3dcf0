/** 迎检: what the inspectors will ask for, month by month; what is lacking; and all of it in one PDF. */
import { FilePdfOutlined } from '@ant-design/icons'
import { Button, Checkbox, Segmented } from 'antd'
import { useEffect, useState } from 'react'
import { getInspection, type InspectionLine, makeBundle } from '../../domain/reports/inspection/contract.ts'
import { getJob } from '../../kernel/jobs/contract.ts'
import { lastDay } from '../../kernel/period.ts'
import { GoLink, paths, useSearchState } from '../app/address.tsx'
import { useFrame } from '../app/frameState.tsx'
import { FetchFile } from '../app/inbox.tsx'
import { queryClient, useFetch, useWrite } from '../app/queries.ts'
import { JobProgress, jobEnded } from '../kit/JobProgress.tsx'
import { EmptyState, Failure, Loaded, Page, Sheet } from '../kit/Page.tsx'
import './inspection.css'

const POLL_MS = 700

export function InspectionPage() {
  const { org, period } = useFrame()
  const [search, change] = useSearchState()
  const depth = search.depth === '0' ? '0' : 'all'
  const asked = { org: org.id, from: period.from, to: period.to, depth } as const
  const found = useFetch(getInspection, { query: asked }, { keepLast: true })
  const lines = found.data?.lines ?? []
  const chosen = chosenOf(search.ledgers, lines)
  const choose = (ids: string[]) => change({ ledgers: ids.join(',') || 'none' })
  const begin = useWrite(makeBundle, ({ job }) => change({ job }))
  return (
    <Page
      title="迎检"
      about={`${org.name}，${period.label}：会议、活动的记录、名单和照片，编成一本 PDF`}
      actions={
        <Segmented
          aria-label="哪些组织的"
          value={depth}
          onChange={(value) => change({ depth: value === '0' ? '0' : undefined })}
          options={[
            { value: 'all', label: '连同下级' },
            { value: '0', label: '只要本级' },
          ]}
        />
      }
      main={
        <Button
          type="primary"
          icon={<FilePdfOutlined />}
          disabled={chosen.length === 0}
          loading={begin.busy}
          onClick={() => void begin.run({ body: { ...asked, ledgers: chosen } })}
        >
          编成一本 PDF
        </Button>
      }
    >
      {begin.problem && <Failure problem={begin.problem} />}
      {search.job && <Making job={search.job} />}
      <Loaded of={found} rows={8}>
        {({ months }) =>
          lines.length === 0 ? (
            <EmptyState
              title="这段时间还没有记录"
              hint="换一个时段（例如去年全年），或者先把开过的会、办过的活动补记上。"
              action={<GoLink to={paths.ledgers()}>去记台账</GoLink>}
            />
          ) : (
            <Sheet title="自查" extra={<Lacking lines={lines} />} flush>
              <Months lines={lines} months={months} chosen={chosen} choose={choose} />
            </Sheet>
          )
        }
      </Loaded>
    </Page>
  )
}

/** What inspectors ask for first; more is a click away. */
function chosenOf(said: string | undefined, lines: InspectionLine[]): string[] {
  const there = [...new Set(lines.map((l) => l.ledger))]
  if (said !== undefined) return there.filter((id) => said.split(',').includes(id))
  const usual = [...new Set(lines.filter((l) => l.askedFirst).map((l) => l.ledger))]
  return usual.length > 0 ? usual : there
}

function Lacking({ lines }: { lines: InspectionLine[] }) {
  const photos = lines.reduce((sum, l) => sum + l.withoutPhotos, 0)
  const minutes = lines.reduce((sum, l) => sum + l.withoutMinutes, 0)
  if (photos + minutes === 0) return <span className="mz-quiet">照片、记录都齐</span>
  return (
    <span className="mz-quiet">
      缺照片 {photos} 条，缺记录 {minutes} 条：点数字打开去补
    </span>
  )
}

/** The file being made: how far, and then where it is. It goes on without this page. */
function Making({ job: id }: { job: string }) {
  const [over, setOver] = useState(false)
  const job = useFetch(getJob, { params: { id } }, { every: !over && POLL_MS })
  const ended = job.data !== undefined && jobEnded(job.data)
  useEffect(() => {
    if (!ended || over) return
    setOver(true)
    void queryClient.invalidateQueries()
  }, [ended, over])
  if (!job.data) return null
  const result = job.data.result as { records: number; photos: number; pages: number } | null
  return (
    <Sheet>
      <JobProgress job={job.data} />
      {ended && result && job.data.state === 'done' && (
        <div className="mz-inspection-made">
          <span>
            {result.records} 条记录，{result.photos} 张照片，共 {result.pages} 页
          </span>
          <FetchFile job={job.data} />
        </div>
      )}
    </Sheet>
  )
}

interface MonthsProps {
  lines: InspectionLine[]
  months: string[]
  chosen: string[]
  choose: (ids: string[]) => void
}

function Months({ lines, months, chosen, choose }: MonthsProps) {
  const { period } = useFrame()
  const inPeriod = { _from: period.from, _to: period.to }
  const withinYear = months.every((m) => m.startsWith(period.from.slice(0, 4)))
  return (
    <div className="mz-inspection-scroll">
      <table className="mz-inspection">
        <thead>
          <tr>
            <th scope="col">编入</th>
            <th scope="col">台账</th>
            {months.map((month) => (
              <th key={month} scope="col" className="mz-num">
                {withinYear ? `${Number(month.slice(5))}月` : month}
              </th>
            ))}
            <th scope="col" className="mz-num">
              合计
            </th>
            <th scope="col" className="mz-num">
              照片
            </th>
            <th scope="col" className="mz-num">
              缺照片
            </th>
            <th scope="col" className="mz-num">
              缺记录
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, at) => (
            <tr key={`${line.ledger} ${line.kind}`}>
              <td>
                {lines[at - 1]?.ledger !== line.ledger && (
                  <Checkbox
                    aria-label={`编入${line.ledgerTitle}`}
                    checked={chosen.includes(line.ledger)}
                    onChange={({ target }) =>
                      choose(
                        target.checked ? [...chosen, line.ledger] : chosen.filter((id) => id !== line.ledger),
                      )
                    }
                  />
                )}
              </td>
              <th scope="row">
                {line.title}
                {lines[at - 1]?.ledger !== line.ledger && line.title !== line.ledgerTitle && (
                  <small className="mz-quiet"> {line.ledgerTitle}</small>
                )}
              </th>
              {line.months.map((count, month) => (
                <td key={months[month]} className={count ? 'mz-num' : 'mz-num mz-inspection-none'}>
                  <Open line={line} count={count} where={{ ...line.where, ...within(months[month] ?? '') }} />
                </td>
              ))}
              <td className="mz-num">
                <strong>
                  <Open line={line} count={line.count} where={{ ...line.where, ...inPeriod }} />
                </strong>
                {line.standing !== undefined && (
                  <small className="mz-inspection-standing">
                    现有 <Open line={line} count={line.standing} where={line.where} />
                  </small>
                )}
              </td>
              <td className="mz-num">{line.photos}</td>
              <td className="mz-num">
                <Open line={line} count={line.withoutPhotos} where={line.whereNoPhotos} />
              </td>
              <td className="mz-num">
                <Open line={line} count={line.withoutMinutes} where={line.whereNoMinutes} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** A number that opens its records. */
function Open({
  line,
  count,
  where,
}: {
  line: InspectionLine
  count: number
  where: Record<string, string>
}) {
  if (count === 0) return <span className="mz-quiet">·</span>
  const filters = Object.entries(where).map(([key, value]) => [`f.${key}`, value])
  return <GoLink to={`${paths.ledger(line.ledger)}?${new URLSearchParams(filters)}`}>{count}</GoLink>
}

const within = (month: string) => ({ _from: `${month}-01`, _to: lastDay(month) })
