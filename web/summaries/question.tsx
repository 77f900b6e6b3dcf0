/** What a figure asks and how it is said: period, subtree, filters; exact, 余, 万, cut or rounded. */
import { CloseOutlined } from '@ant-design/icons'
import { Button, DatePicker, Input, Select, Space } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import type { MeasureEntry } from '../../domain/indicators/contract.ts'
import type { Wording } from '../../domain/indicators/wording.ts'
import { coveredBy, type FigureRun, type FigureSpec } from '../../domain/reports/summaries/model.ts'
import { previousOf } from '../../kernel/period.ts'
import type { Workspace } from './workspace.ts'

type Asked = Pick<FigureRun, 'question' | 'wording'>

interface SpecProps {
  workspace: Workspace
  measure: MeasureEntry | undefined
  spec: FigureSpec
  onChange: (spec: FigureSpec) => void
}

/** Period, subtree and filters of a question. */
export function SpecFields(props: SpecProps) {
  const { spec, onChange, measure } = props
  return (
    <div className="mz-ask">
      <PeriodField {...props} />
      <div className="mz-ask-row">
        <span>范围</span>
        <Select<'' | '0' | '1'>
          size="small"
          aria-label="范围"
          value={spec.depth === 'all' ? '' : (spec.depth ?? '')}
          onChange={(depth) => onChange(depth ? { ...spec, depth } : without(spec, 'depth'))}
          options={[
            { value: '', label: '本级和所有下级' },
            { value: '1', label: '本级和直接下级' },
            { value: '0', label: '只算本级' },
          ]}
        />
      </div>
      {measure && <FilterFields measure={measure} spec={spec} onChange={onChange} />}
    </div>
  )
}

function without<K extends keyof FigureSpec>(spec: FigureSpec, key: K): FigureSpec {
  const { [key]: _, ...rest } = spec
  return rest as FigureSpec
}

function PeriodField({ workspace, spec, onChange }: SpecProps) {
  const { org, period } = workspace.summary
  const own = coveredBy({ org: org.id, period, cutOff: workspace.cutOff })
  const before = previousOf(own)
  const set = (next: FigureSpec['period']) =>
    onChange(next ? { ...spec, period: next } : without(spec, 'period'))
  const kind = kindOfPeriod(spec.period, before)
  const choose = (value: string) => {
    if (value === 'own') set(undefined)
    if (value === 'before') set({ from: before.from, to: before.to })
    if (value === 'days') set({ from: own.from, to: own.to })
    if (value === 'asOf') set({ asOf: own.to })
  }
  const { period: asked } = spec
  return (
    <div className="mz-ask-row">
      <span>时间</span>
      <Space orientation="vertical" size={4}>
        <Select
          size="small"
          aria-label="时间"
          value={kind}
          onChange={choose}
          options={[
            { value: 'own', label: '随总结的时段' },
            { value: 'before', label: '去年同期' },
            { value: 'days', label: '另定起止' },
            { value: 'asOf', label: '截至某一天' },
          ]}
        />
        {kind === 'asOf' && asked && 'asOf' in asked && (
          <DatePicker
            size="small"
            value={dayjs(asked.asOf.slice(0, 10))}
            allowClear={false}
            onChange={(day) => day && set({ asOf: day.format('YYYY-MM-DD') })}
          />
        )}
        {kind === 'days' && asked && 'to' in asked && (
          <DatePicker.RangePicker
            size="small"
            allowClear={false}
            value={[dayjs(asked.from ?? own.from), dayjs(asked.to)]}
            onChange={(days) => {
              const [from, to] = days ?? []
              if (from && to) set({ from: from.format('YYYY-MM-DD'), to: to.format('YYYY-MM-DD') })
            }}
          />
        )}
      </Space>
    </div>
  )
}

function kindOfPeriod(asked: FigureSpec['period'], before: { from: string; to: string }) {
  if (!asked) return 'own'
  if ('asOf' in asked) return 'asOf'
  return asked.from === before.from && asked.to === before.to ? 'before' : 'days'
}

type Filter = MeasureEntry['filters'][number]

/** Those that only a program asks for. */
const TECHNICAL = new Set(['record', 'batch', 'org'])

function FilterFields({ measure, spec, onChange }: Omit<SpecProps, 'workspace'> & { measure: MeasureEntry }) {
  const where = spec.where ?? {}
  const usable = measure.filters.filter((f) => !TECHNICAL.has(f.key))
  const set = (key: string, value: string | undefined) => {
    const { [key]: _, ...rest } = where
    const next = value === undefined ? rest : { ...rest, [key]: value }
    onChange(Object.keys(next).length > 0 ? { ...spec, where: next } : without(spec, 'where'))
  }
  return (
    <>
      {Object.entries(where).map(([key, value]) => (
        <div className="mz-ask-row" key={key}>
          <span>{measure.filters.find((f) => f.key === key)?.title ?? key}</span>
          <span className="mz-ask-filter">
            <FilterValue
              filter={measure.filters.find((f) => f.key === key)}
              value={value}
              onChange={(next) => set(key, next)}
            />
            <Button
              size="small"
              type="text"
              icon={<CloseOutlined />}
              aria-label="去掉这个条件"
              onClick={() => set(key, undefined)}
            />
          </span>
        </div>
      ))}
      {usable.some((f) => where[f.key] === undefined) && (
        <div className="mz-ask-row">
          <span>条件</span>
          <Select
            size="small"
            aria-label="加一个条件"
            placeholder="加一个条件"
            value={null}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(key: string | null) => key && set(key, firstValue(usable.find((f) => f.key === key)))}
            options={usable
              .filter((f) => where[f.key] === undefined)
              .map((f) => ({ value: f.key, label: f.title }))}
          />
        </div>
      )}
    </>
  )
}

function firstValue(filter: Filter | undefined): string {
  if (filter?.type === 'yesNo') return '是'
  return filter?.options?.[0]?.value ?? '*'
}

function FilterValue(props: {
  filter: Filter | undefined
  value: string
  onChange: (value: string) => void
}) {
  const { filter, value, onChange } = props
  const [text, setText] = useState(value === '*' ? '' : value)
  if (filter?.options || filter?.type === 'yesNo')
    return (
      <Select
        size="small"
        aria-label={filter.title}
        value={value}
        onChange={onChange}
        showSearch={{ optionFilterProp: 'label' }}
        options={(
          filter.options ?? [
            { value: '是', title: '是' },
            { value: '否', title: '否' },
          ]
        ).map((o) => ({ value: o.value, label: o.title }))}
      />
    )
  const hints: Record<string, string> = {
    number: '如 50、30..60',
    date: '如 2024-03-01..2024-03-31',
    org: '组织名称',
  }
  const hint = hints[filter?.type ?? ''] ?? '如 植树、~部分文字'
  return (
    <Input
      size="small"
      aria-label={filter?.title ?? '条件'}
      placeholder={`${hint}；空着表示填了就算`}
      value={text}
      onChange={(e) => setText(e.target.value)}
      onBlur={() => onChange(text.trim() || '*')}
      onPressEnter={() => onChange(text.trim() || '*')}
    />
  )
}

interface WordingProps {
  workspace: Workspace
  asked: Asked
  onChange: (wording: Wording | undefined) => void
}

const STYLES: { style: Wording['style']; title: string }[] = [
  { style: 'exact', title: '准确数' },
  { style: 'over', title: '余' },
  { style: 'nearly', title: '近' },
  { style: 'wan', title: '万' },
  { style: 'wanOver', title: '万余' },
]

/** How it is said, each way shown with the figure itself. */
export function WordingFields({ workspace, asked, onChange }: WordingProps) {
  const { question, wording } = asked
  const answer = workspace.answer(asked)
  if (!answer || answer.missing || typeof answer.value !== 'number') return null
  const said = (tried: Wording | undefined) =>
    workspace.answer({ question, ...(tried && { wording: tried }) })?.display ?? '…'
  const isShare = answer.unit === '%'
  const plain = wordingWithout(wording, isShare ? 'percent' : 'style')
  const all: { title: string; wording: Wording | undefined }[] = [
    { title: '随总结', wording: plain },
    ...(isShare
      ? [
          { title: '四舍五入', wording: { ...plain, percent: 'round' as const } },
          { title: '去尾', wording: { ...plain, percent: 'cut' as const } },
        ]
      : STYLES.map(({ style, title }) => ({ title, wording: { ...plain, style } }))),
  ]
  // A way that says what the exact number says is no choice.
  const ways = all.filter(
    (way, i) => i < 2 || same(way.wording, wording) || said(way.wording) !== said(all[1]?.wording),
  )
  return (
    <fieldset className="mz-wordings">
      <legend>写法</legend>
      <div className="mz-wordings-ways">
        {ways.map((way) => (
          <button
            type="button"
            key={way.title}
            aria-pressed={same(way.wording, wording)}
            onClick={() => onChange(way.wording)}
          >
            <b>{said(way.wording)}</b>
            <small>{way.title}</small>
          </button>
        ))}
      </div>
      <Extras wording={wording} onChange={onChange} />
    </fieldset>
  )
}

const same = (a: Wording | undefined, b: Wording | undefined) =>
  (a?.style ?? '') === (b?.style ?? '') && (a?.percent ?? '') === (b?.percent ?? '')

function wordingWithout(wording: Wording | undefined, key: keyof Wording): Wording | undefined {
  if (!wording) return undefined
  const { [key]: _, ...rest } = wording
  return Object.keys(rest).length > 0 ? rest : undefined
}

function Extras({ wording, onChange }: { wording: Wording | undefined; onChange: WordingProps['onChange'] }) {
  const set = (key: keyof Wording, value: unknown) => {
    const rest = wordingWithout(wording, key)
    onChange(value === undefined ? rest : { ...rest, [key]: value })
  }
  return (
    <div className="mz-wordings-more">
      <Select
        size="small"
        aria-label="前面加"
        value={wording?.bound ?? ''}
        onChange={(bound) => set('bound', bound || undefined)}
        options={[
          { value: '', label: '不加界限' },
          { value: 'atLeast', label: '至少' },
          { value: 'notLess', label: '不少于' },
          { value: 'atMost', label: '不超过' },
          { value: 'under', label: '不到' },
        ]}
      />
      <Select
        size="small"
        aria-label="单位"
        value={wording?.unitWord === false ? 'no' : ''}
        onChange={(unit) => set('unitWord', unit ? false : undefined)}
        options={[
          { value: '', label: '带单位' },
          { value: 'no', label: '不带单位' },
        ]}
      />
      <Select
        size="small"
        aria-label="数字"
        value={wording?.chineseNumerals ? 'zh' : ''}
        onChange={(digits) => set('chineseNumerals', digits ? true : undefined)}
        options={[
          { value: '', label: '12' },
          { value: 'zh', label: '十二' },
        ]}
      />
    </div>
  )
}
