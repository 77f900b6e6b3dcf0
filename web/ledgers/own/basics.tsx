/** What the ledger is called, and the columns that every ledger has. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { AutoComplete, Button, Checkbox, Input } from 'antd'
import type { FieldProblem } from '../../../kernel/errors.ts'
import { Field, Fields } from '../../kit/Form.tsx'
import { useLedgers } from '../known.ts'
import { changeRole, type Design, withRole, wordsOf } from './change.ts'
import type { Designing } from './design.ts'
import { LineInput } from './lineInput.tsx'

const told = (faults: FieldProblem[], field: string) => {
  const found = faults.find((f) => f.field === field)
  return found && `${found.reason}，${found.remedy}`
}

export function Basics({ designing }: { designing: Designing }) {
  const { design, change, faults } = designing
  const set = (patch: Partial<Design>) => change((d) => ({ ...d, ...patch }))
  const ledgers = useLedgers().data?.ledgers ?? []
  const lines = [...new Set(ledgers.map((l) => l.definition.line))]
  const setLine = (line: string) => {
    const orders = ledgers.filter((l) => l.definition.line === line && l.definition.id !== design.id)
    const order = Math.max(...orders.map((l) => l.definition.order))
    set({ line, order: orders.length > 0 ? order + 1 : 990 })
  }
  return (
    <section className="mz-own-part" aria-label="台账">
      <Fields>
        <div data-place="title" className="mz-own-wide">
          <Field label="台账名称" required error={told(faults, 'title')}>
            {(id) => (
              <Input
                id={id}
                value={design.title}
                onChange={(e) => change((d) => renamed(d, e.target.value))}
              />
            )}
          </Field>
        </div>
        <div data-place="line">
          <Field label="归在哪类工作" required error={told(faults, 'line')}>
            {(id) => (
              <AutoComplete
                id={id}
                value={design.line}
                onChange={setLine}
                options={lines.map((line) => ({ value: line }))}
              />
            )}
          </Field>
        </div>
        <div data-place="measureWord">
          <Field label="一条叫一" required error={told(faults, 'measureWord')}>
            {(id) => (
              <AutoComplete
                id={id}
                value={design.measureWord}
                onChange={(measureWord: string) => set({ measureWord })}
                options={['次', '场', '个', '项', '篇', '期', '户', '条'].map((value) => ({ value }))}
              />
            )}
          </Field>
        </div>
        <div data-place="about" className="mz-own-wide">
          <Field label="什么时候记" required error={told(faults, 'about')}>
            {(id) => <Input id={id} value={design.about} onChange={(e) => set({ about: e.target.value })} />}
          </Field>
        </div>
      </Fields>
    </section>
  )
}

/** A name that records are given by themselves follows. */
function renamed(d: Design, title: string): Design {
  const follows = d.name.fallback === `{day}${d.title}`
  return { ...d, title, name: follows ? { ...d.name, fallback: `{day}${title}` } : d.name }
}

/** 名称, 日期, 人次, 人员 …: what need not be added as a field. */
export function CommonPart({ designing }: { designing: Designing }) {
  const { design, change, faults } = designing
  const { name, day, personTimes } = design
  const set = (patch: Partial<Design>) => change((d) => ({ ...d, ...patch }))
  const toggle = (key: 'photos' | 'joint') => (e: { target: { checked: boolean } }) =>
    change((d) => {
      const { [key]: _, ...rest } = d
      return e.target.checked ? { ...d, [key]: true } : rest
    })
  return (
    <section className="mz-own-part" aria-label="每条都有的">
      <h2>每条都有的</h2>
      <Fields>
        <div data-place="day">
          <Field label="日期一栏叫" error={told(faults, 'day.label')}>
            {(id) => (
              <Input
                id={id}
                value={day.label}
                onChange={(e) => set({ day: { ...day, label: e.target.value } })}
              />
            )}
          </Field>
        </div>
        <div data-place="name">
          <Field label="名称一栏叫" error={told(faults, 'name.label')}>
            {(id) => (
              <Input
                id={id}
                value={name.label}
                onChange={(e) => set({ name: { ...name, label: e.target.value } })}
              />
            )}
          </Field>
        </div>
      </Fields>
      <div className="mz-own-checks">
        <Checkbox
          checked={name.fallback !== undefined}
          onChange={(e) => {
            const { fallback: _, ...rest } = name
            set({ name: e.target.checked ? { ...rest, fallback: `{day}${design.title}` } : rest })
          }}
        >
          名称可以不填，自动取“3月12日{design.title}”
        </Checkbox>
        <Checkbox
          checked={day.span ?? false}
          onChange={(e) => {
            const { span: _, ...rest } = day
            set({ day: e.target.checked ? { ...rest, span: true } : rest })
          }}
        >
          可能有好几天（加“结束日期”）
        </Checkbox>
        <Checkbox
          checked={personTimes !== undefined}
          onChange={(e) =>
            change((d) => {
              const { personTimes: _, ...rest } = d
              return e.target.checked
                ? withRoles({ ...rest, personTimes: { label: '参加人次' } }, designing)
                : rest
            })
          }
        >
          记人次
        </Checkbox>
        <Checkbox checked={design.photos ?? false} onChange={toggle('photos')}>
          收照片和附件
        </Checkbox>
        <Checkbox checked={design.joint ?? false} onChange={toggle('joint')}>
          可以几个组织联合
        </Checkbox>
      </div>
      {personTimes && (
        <Field label="人次一栏叫">
          {(id) => (
            <Input
              id={id}
              value={personTimes.label}
              onChange={(e) => set({ personTimes: { ...personTimes, label: e.target.value } })}
            />
          )}
        </Field>
      )}
      <Roles designing={designing} />
    </section>
  )
}

const withRoles = (d: Design, { before }: Designing): Design => (d.roles.length > 0 ? d : withRole(d, before))

function Roles({ designing }: { designing: Designing }) {
  const { design, before, change } = designing
  return (
    <div className="mz-own-roles" data-place="roles">
      <p className="mz-own-label">名单里有哪些人</p>
      {design.roles
        .filter((r) => !r.retired)
        .map((role) => (
          <div key={role.id} className="mz-own-role">
            <Input
              aria-label="称呼"
              value={role.title}
              onChange={(e) => change((d) => changeRole(d, role.id, { title: e.target.value }))}
            />
            <LineInput
              id={`synonyms-${role.id}`}
              placeholder="表头还会写成"
              text={(role.synonyms ?? []).join('、')}
              onChange={(text) =>
                change((d) => changeRole(d, role.id, { synonyms: text ? wordsOf(text) : undefined }))
              }
            />
            <Button
              type="text"
              aria-label={`去掉 ${role.title}`}
              icon={<DeleteOutlined />}
              onClick={() => change((d) => ({ ...d, roles: d.roles.filter((r) => r.id !== role.id) }))}
            />
          </div>
        ))}
      <Button size="small" icon={<PlusOutlined />} onClick={() => change((d) => withRole(d, before))}>
        加一种人员
      </Button>
    </div>
  )
}
