/** What is wrong, sort by sort: agreed to, chosen, or mended cell by cell. */
import { Button, Checkbox, Input, Radio, Tag } from 'antd'
import { useState } from 'react'
import {
  ACCEPTABLE,
  type CheckReport,
  type Finding,
  type Preview,
} from '../../domain/records/import/contract.ts'
import { sortOf } from '../../domain/records/import/sorts.ts'
import type { Deciding } from './request.ts'
import { indexOf } from './sheetView.tsx'

const SEVERITIES = {
  error: { title: '不能入账', color: 'volcano' },
  confirm: { title: '要您确认', color: 'gold' },
  warning: { title: '照样入账', color: 'default' },
} as const

interface FindingsProps {
  report: CheckReport
  preview: Preview
  deciding: Deciding
}

export function Findings({ report, preview, deciding }: FindingsProps) {
  const { decisions, decide } = deciding
  const agreed = (decisions.accepted ?? []).filter(
    (code) => code !== 'sameFile' && !report.findings.some((f) => f.accept === code),
  )
  return (
    <div className="mz-findings">
      {report.warnings.map((words) => (
        <p key={words} className="mz-quiet">
          {words}
        </p>
      ))}
      <ul>
        {report.findings.map((finding) => (
          <FindingLine
            key={sortOf(finding)}
            finding={finding}
            preview={preview}
            report={report}
            deciding={deciding}
          />
        ))}
      </ul>
      {agreed.map((code) => (
        <Checkbox key={code} checked onChange={() => deciding.accept(code, false)}>
          {ACCEPTABLE[code]}
        </Checkbox>
      ))}
      {report.kind !== 'organisations' && (
        <Checkbox
          checked={decisions.createOrgs ?? false}
          onChange={(e) => decide({ createOrgs: e.target.checked })}
        >
          表里写了、系统里没有的组织，自动设立
          {report.newOrgs.length > 0 &&
            `：${report.newOrgs
              .slice(0, 5)
              .map((o) => o.name)
              .join('、')}${report.newOrgs.length > 5 ? ` 等 ${report.newOrgs.length} 个` : ''}`}
        </Checkbox>
      )}
      {(decisions.corrections ?? []).length > 0 && (
        <p className="mz-quiet">
          您改了 {decisions.corrections?.length} 格，只改入账的内容，原文件不动。
          <Button type="link" size="small" onClick={() => decide({ corrections: [] })}>
            全部还原
          </Button>
        </p>
      )}
    </div>
  )
}

interface LineProps extends FindingsProps {
  finding: Finding
}

function FindingLine({ finding, preview, report, deciding }: LineProps) {
  const [open, setOpen] = useState(false)
  const { column, count, header, reason, remedy, severity, accept, options } = finding
  const look = SEVERITIES[severity]
  return (
    <li>
      <div className="mz-finding-head">
        <Tag color={look.color}>{look.title}</Tag>
        <strong>
          {count.toLocaleString('zh-CN')} 行　{header && `${header}：`}
          {reason}
        </strong>
        {column && severity !== 'warning' && (
          <Button size="small" onClick={() => setOpen(!open)} aria-expanded={open}>
            {open ? '收起' : '在这里改'}
          </Button>
        )}
      </div>
      <p className="mz-quiet">{remedy}</p>
      {accept && (
        <Checkbox onChange={(e) => deciding.accept(accept, e.target.checked)}>{ACCEPTABLE[accept]}</Checkbox>
      )}
      {options && column && (
        <Radio.Group
          value={deciding.decisions.picks?.find((p) => p.column === column)?.option ?? null}
          onChange={(e) => deciding.pick(column, Number(e.target.value))}
          options={options.map((o, i) => ({ value: i, label: o.title }))}
        />
      )}
      {open && column && (
        <MendRows finding={finding} column={column} preview={preview} report={report} deciding={deciding} />
      )}
    </li>
  )
}

const MENDED_AT_ONCE = 50

interface Mended {
  row: number
  label: string
  reason: string
}

/** Rows stay where they are until this is closed, also those that are right by now. */
function useRowsOf(finding: Finding, report: CheckReport): (Mended & { right: boolean })[] {
  const [seen] = useState(() => new Map<number, Mended>())
  const sort = sortOf(finding)
  const wrong = new Set<number>()
  for (const { row, label, problems } of report.rows) {
    const problem = problems.find((p) => sortOf(p) === sort)
    if (!problem) continue
    wrong.add(row)
    if (seen.size < MENDED_AT_ONCE || seen.has(row)) seen.set(row, { row, label, reason: problem.reason })
  }
  return [...seen.values()].map((one) => ({ ...one, right: !wrong.has(one.row) }))
}

function MendRows(props: LineProps & { column: string }) {
  const { finding, column, preview, report, deciding } = props
  const rows = useRowsOf(finding, report)
  const differ = rows.some((r) => r.reason !== finding.reason)
  return (
    <ul className="mz-mend">
      {rows.map(({ row, label, reason, right }) => (
        <MendCell
          key={row}
          label={`第 ${row} 行　${label}`}
          {...(right ? { reason: '已改好' } : differ && { reason })}
          written={preview.rows.find((r) => r.row === row)?.cells[indexOf(column)] ?? ''}
          mended={deciding.decisions.corrections?.find((c) => c.row === row && c.column === column)?.value}
          onMend={(value) => deciding.correct(row, column, value)}
        />
      ))}
      {finding.count > MENDED_AT_ONCE && (
        <li className="mz-quiet">
          先改这 {MENDED_AT_ONCE} 行；更多的也可以先入账没有问题的，再下载未入账的行统一改。
        </li>
      )}
    </ul>
  )
}

function MendCell(props: {
  label: string
  /** Where the rows of one sort are not wrong in the same way. */
  reason?: string
  written: string
  mended: string | undefined
  onMend: (value: string | null) => void
}) {
  const [text, setText] = useState(props.mended ?? props.written)
  const done = () => {
    if (text === (props.mended ?? props.written)) return
    props.onMend(text === props.written ? null : text)
  }
  return (
    <li>
      <span>
        {props.label}
        {props.reason && <small>{props.reason}</small>}
      </span>
      <Input
        size="small"
        aria-label={props.label}
        value={text}
        placeholder="（空）"
        onChange={(e) => setText(e.target.value)}
        onBlur={done}
        onPressEnter={done}
      />
    </li>
  )
}
