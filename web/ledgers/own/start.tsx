/** 新建台账: from the spreadsheet in use, from a ledger that exists, from a file, or from nothing. */
import { Button, Input, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import type { LedgerDefinition, LedgerUsers } from '../../../domain/records/ledgers/definition.ts'
import { isWorkedOut } from '../../../domain/records/ledgers/fields/types.ts'
import { createOwn, readColumns } from '../../../domain/records/ledgers/own/contract.ts'
import {
  type GuessedColumn,
  type GuessedSheet,
  guessSheet,
  ledgerFrom,
  rowsOfPaste,
  titleOf,
} from '../../../domain/records/ledgers/own/guess.ts'
import { readFile } from '../../../domain/records/ledgers/own/rules.ts'
import { paths, useGo } from '../../app/address.tsx'
import { Problem, problemOf, upload } from '../../app/client.ts'
import { useFrame } from '../../app/frameState.tsx'
import { useWrite } from '../../app/queries.ts'
import { Field } from '../../kit/Form.tsx'
import { Failure, Page, Sheet } from '../../kit/Page.tsx'
import { useLedgers } from '../known.ts'
import { TYPES } from './change.ts'
import './own.css'

const LINE = '其他'

export function NewOwnLedgerPage() {
  const { org } = useFrame()
  const go = useGo()
  const [problem, setProblem] = useState<Problem | null>(null)
  const create = useWrite(createOwn, ({ id }) => go(`/ledgers/own/${id}`))
  const begin = (definition: LedgerDefinition, users?: LedgerUsers) => {
    setProblem(null)
    void create.run({ body: { orgId: org.id, definition, ...(users && { users }) } })
  }
  const told = problem ?? create.problem
  return (
    <Page
      narrow
      title="新建台账"
      about={`由${org.name}设立`}
      above={[
        { title: '台账', to: paths.ledgers() },
        { title: '自建台账', to: '/ledgers/own' },
      ]}
    >
      {told && <Failure problem={told} />}
      <FromSheet begin={begin} busy={create.busy} fail={setProblem} />
      <FromLedger begin={begin} busy={create.busy} />
      <Others begin={begin} busy={create.busy} fail={setProblem} />
    </Page>
  )
}

type Begin = (definition: LedgerDefinition, users?: LedgerUsers) => void
interface StartProps {
  begin: Begin
  busy: boolean
  fail: (problem: Problem | null) => void
}

function FromSheet({ begin, busy, fail }: StartProps) {
  const [text, setText] = useState('')
  const [guessed, setGuessed] = useState<GuessedSheet | null>(null)
  const [reading, setReading] = useState(false)
  const look = (rows: string[][], name = '') => {
    const found = guessSheet(rows)
    fail(
      found || rows.length === 0
        ? null
        : new Problem('没有找到表头：请把列名那一行（如“日期、地点、金额”）一起粘贴进来。'),
    )
    setGuessed(found && { ...found, title: found.title || titleOf(name) })
  }
  const read = async (file: File) => {
    setReading(true)
    await upload(readColumns, [file])
      .then(({ name, rows }) => look(rows, name))
      .catch((error) => fail(problemOf(error)))
      .finally(() => setReading(false))
  }
  return (
    <Sheet title="照正在用的表格建">
      <p className="mz-quiet mz-small">
        从 Excel 或 WPS 里选中表头和几行内容，复制，粘贴到这里；只有表头也行。
      </p>
      <Input.TextArea
        aria-label="粘贴表格"
        rows={4}
        value={text}
        placeholder="献血日期&#9;献血地点&#9;献血者姓名&#9;献血量（毫升）"
        onChange={(e) => {
          setText(e.target.value)
          look(rowsOfPaste(e.target.value))
        }}
      />
      <FileButton
        text="或选一个表格文件"
        accept=".xlsx,.xls,.csv"
        busy={reading}
        take={(file) => void read(file)}
      />
      {guessed && <Guessed guessed={guessed} set={setGuessed} begin={begin} busy={busy} />}
    </Sheet>
  )
}

/** What stands above already. */
const COLUMN_OF_ORG = 'org'

const AS = [
  { value: 'day', label: '日期（哪天的事）' },
  { value: 'title', label: '名称' },
  { value: COLUMN_OF_ORG, label: '组织（哪个支部、哪个村）' },
  { value: 'personTimes', label: '人次' },
  { value: 'people', label: '名单（姓名）' },
  { value: 'skip', label: '不要这一列' },
  {
    label: '一栏内容',
    options: TYPES.filter((t) => t.type !== COLUMN_OF_ORG && !isWorkedOut(t)).map((t) => ({
      value: t.type,
      label: t.title,
    })),
  },
]

interface GuessedProps {
  guessed: GuessedSheet
  set: (guessed: GuessedSheet) => void
  begin: Begin
  busy: boolean
}

function Guessed({ guessed, set, begin, busy }: GuessedProps) {
  const { columns, title } = guessed
  const change = (at: number, patch: Partial<GuessedColumn>) =>
    set({ ...guessed, columns: columns.map((c, i) => (i === at ? { ...c, ...patch } : c)) })
  return (
    <div className="mz-own-guessed">
      <Field label="台账叫什么">
        {(id) => <Input id={id} value={title} onChange={(e) => set({ ...guessed, title: e.target.value })} />}
      </Field>
      <ul aria-label="各列是什么">
        {columns.map((c, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns of a sheet, by their place.
          <li key={at}>
            <span>
              <strong>{c.header}</strong>
              {c.unit && <small>（{c.unit}）</small>}
              <small>{c.samples.slice(0, 3).join('、')}</small>
            </span>
            <Select
              aria-label={`“${c.header}”是什么`}
              value={c.as}
              onChange={(as: GuessedColumn['as']) => change(at, { as })}
              options={AS}
            />
          </li>
        ))}
      </ul>
      <Button type="primary" loading={busy} onClick={() => begin(ledgerFrom(guessed, LINE))}>
        就这样建，接着改
      </Button>
    </div>
  )
}

function FromLedger({ begin, busy }: Pick<StartProps, 'begin' | 'busy'>) {
  const ledgers = useLedgers().data?.ledgers ?? []
  const [chosen, setChosen] = useState<string | null>(null)
  const found = ledgers.find((l) => l.definition.id === chosen)?.definition
  return (
    <Sheet title="从已有台账复制">
      <div className="mz-own-line">
        <Select
          aria-label="复制哪一本"
          className="mz-wide"
          placeholder="选一本相近的"
          value={chosen}
          onChange={setChosen}
          showSearch={{ optionFilterProp: 'label' }}
          options={ledgers.map(({ definition: d }) => ({ value: d.id, label: `${d.title}（${d.line}）` }))}
        />
        <Button
          disabled={!found}
          loading={busy}
          onClick={() => found && begin({ ...found, title: `${found.title}（自建）` })}
        >
          复制
        </Button>
      </div>
    </Sheet>
  )
}

function Others({ begin, busy, fail }: StartProps) {
  const open = async (file: File) => {
    try {
      const { definition, users } = readFile(await file.text())
      begin(definition, users)
    } catch (error) {
      fail(problemOf(error))
    }
  }
  return (
    <Sheet title="别的办法">
      <div className="mz-own-buttons">
        <Button loading={busy} onClick={() => begin(ledgerFrom({ title: '', columns: [] }, LINE))}>
          从空白开始
        </Button>
        <FileButton text="打开别处导出的设计文件" accept=".json" take={(file) => void open(file)} />
      </div>
    </Sheet>
  )
}

interface FileButtonProps {
  text: ReactNode
  accept: string
  busy?: boolean
  take: (file: File) => void
}

function FileButton({ text, accept, busy, take }: FileButtonProps) {
  return (
    <label className="mz-own-file">
      <input
        type="file"
        accept={accept}
        disabled={busy ?? false}
        onChange={(e) => {
          const [file] = e.target.files ?? []
          if (file) take(file)
          e.target.value = ''
        }}
      />
      <span>{busy ? '正在读…' : text}</span>
    </label>
  )
}
