/** The fields as cards: added by one click, moved by mouse or keyboard, changed where they stand. */
import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  DeleteOutlined,
  DownOutlined,
  HolderOutlined,
  RightOutlined,
  UndoOutlined,
} from '@ant-design/icons'
import { Button } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import type { LedgerField } from '../../../domain/records/ledgers/definition.ts'
import type { FieldProblem } from '../../../kernel/errors.ts'
import { changeField, moveField, removeField, TYPES, typeTitle, withField } from './change.ts'
import type { Designing } from './design.ts'
import { FieldCard } from './fieldCard.tsx'

export function FieldsPart({ designing }: { designing: Designing }) {
  const { design, before, change, faults } = designing
  const [open, setOpen] = useState<string | null>(null)
  const [dragged, setDragged] = useState<string | null>(null)
  const asked = design.fields.filter((f) => !f.retired)
  const retired = [
    ...design.fields.filter((f) => f.retired),
    ...(before?.fields ?? []).filter((old) => !design.fields.some((f) => f.id === old.id)),
  ]
  const add = (type: LedgerField['type']) => {
    change((d) => {
      const next = withField(d, before, type)
      setOpen(next.fields.at(-1)?.id ?? null)
      return next
    })
  }
  return (
    <section className="mz-own-part" aria-label="栏目">
      <h2>要填哪些栏</h2>
      <ol className="mz-own-cards">
        {asked.map((field, at) => (
          <li
            key={field.id}
            data-place={`fields.${field.id}`}
            draggable={open !== field.id}
            className={dragged === field.id ? 'mz-own-card mz-own-dragged' : 'mz-own-card'}
            onDragStart={() => setDragged(field.id)}
            onDragEnd={() => setDragged(null)}
            onDragOver={(e) => {
              e.preventDefault()
              if (dragged && dragged !== field.id) change((d) => moveField(d, dragged, at))
            }}
          >
            <CardHead
              field={field}
              open={open === field.id}
              toggle={() => setOpen(open === field.id ? null : field.id)}
              move={(by) => change((d) => moveField(d, field.id, at + by))}
              remove={() => change((d) => removeField(d, field.id))}
              wrong={faultsOf(faults, field.id).length > 0}
            />
            {open === field.id && (
              <FieldCard
                designing={designing}
                field={field}
                used={before?.fields.some((f) => f.id === field.id) ?? false}
                faults={faultsOf(faults, field.id)}
              />
            )}
          </li>
        ))}
      </ol>
      <p className="mz-own-label" id="own-add">
        加一栏
      </p>
      <div className="mz-own-types" role="toolbar" aria-labelledby="own-add">
        {TYPES.map(({ type, title }) => (
          <button key={type} type="button" onClick={() => add(type)}>
            {title}
          </button>
        ))}
      </div>
      {retired.length > 0 && (
        <details className="mz-own-retired">
          <summary>停用的 {retired.length} 栏（旧记录里还能看到）</summary>
          {retired.map((field) => (
            <div key={field.id}>
              {field.title} <small>{typeTitle(field.type)}</small>
              <Button
                size="small"
                type="text"
                icon={<UndoOutlined />}
                onClick={() =>
                  change((d) =>
                    d.fields.some((f) => f.id === field.id)
                      ? changeField(d, field.id, { retired: undefined })
                      : { ...d, fields: [...d.fields, field] },
                  )
                }
              >
                恢复
              </Button>
            </div>
          ))}
        </details>
      )}
    </section>
  )
}

const faultsOf = (faults: FieldProblem[], id: string) =>
  faults.filter((f) => f.field === `fields.${id}` || f.field.startsWith(`fields.${id}.`))

interface HeadProps {
  field: LedgerField
  open: boolean
  wrong: boolean
  toggle: () => void
  move: (by: number) => void
  remove: () => void
}

/** Alt with an arrow moves the card while its name has the focus. */
function CardHead({ field, open, wrong, toggle, move, remove }: HeadProps) {
  const byKey = (e: KeyboardEvent) => {
    if (!e.altKey || (e.key !== 'ArrowUp' && e.key !== 'ArrowDown')) return
    e.preventDefault()
    move(e.key === 'ArrowUp' ? -1 : 1)
  }
  return (
    <div className="mz-own-head">
      <HolderOutlined className="mz-own-hold" aria-hidden="true" />
      <button
        type="button"
        className="mz-own-name"
        aria-expanded={open}
        data-open={open}
        title="Alt + ↑ ↓ 移动"
        onClick={toggle}
        onKeyDown={byKey}
      >
        {open ? <DownOutlined aria-hidden="true" /> : <RightOutlined aria-hidden="true" />}
        <strong className={wrong ? 'mz-own-wrong' : undefined}>
          {field.title || '（没有名称）'}
          {field.required && <i title="必填">*</i>}
        </strong>
        <small>
          {typeTitle(field.type)}
          {field.unit && ` · ${field.unit}`}
        </small>
      </button>
      <span className="mz-own-acts">
        <Button
          size="small"
          type="text"
          aria-label={`上移 ${field.title}`}
          icon={<ArrowUpOutlined />}
          onClick={() => move(-1)}
        />
        <Button
          size="small"
          type="text"
          aria-label={`下移 ${field.title}`}
          icon={<ArrowDownOutlined />}
          onClick={() => move(1)}
        />
        <Button
          size="small"
          type="text"
          aria-label={`去掉 ${field.title}`}
          icon={<DeleteOutlined />}
          onClick={remove}
        />
      </span>
    </div>
  )
}
