/** 总结用语: what one record and what a period put into a summary, with what it will look like. */
import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { standardSentences } from '../../../domain/records/ledgers/own/standard.ts'
import { fillSentence, parseSentence } from '../../../domain/records/ledgers/sentences.ts'
import { useFrame } from '../../app/frameState.tsx'
import { Field } from '../../kit/Form.tsx'
import type { Design } from './change.ts'
import type { Designing } from './design.ts'
import { SlotText } from './slots.tsx'

export function SentencesPart({ designing }: { designing: Designing }) {
  const { design, change, faults } = designing
  const write = (id: string, text: string) =>
    change((d) => ({ ...d, sentences: d.sentences.map((s) => (s.id === id ? { ...s, text } : s)) }))
  const add = () =>
    change((d) => {
      let n = 1
      while (d.sentences.some((s) => s.id === `s${n}`)) n += 1
      return { ...d, sentences: [...d.sentences, { id: `s${n}`, of: 'period', text: '' }] }
    })
  const usual = standardSentences(design)
  const isUsual = JSON.stringify(usual) === JSON.stringify(design.sentences)
  return (
    <div className="mz-own-tab" data-place="sentences">
      <p className="mz-quiet mz-small">「」里是栏目，会换成实际内容；[ ] 里的，有一样没填就整段不写。</p>
      {design.sentences.map((s) => (
        <div key={s.id} data-place={`sentences.${s.id}`} className="mz-own-measure">
          <Field
            label={s.of === 'record' ? '每一条写成' : '一个时段合起来写成'}
            error={faults.find((f) => f.field === `sentences.${s.id}`)?.reason}
          >
            {(id) => (
              <SlotText
                id={id}
                design={design}
                place={s.of}
                text={s.text}
                onChange={(text) => write(s.id, text)}
              />
            )}
          </Field>
          {s.of === 'period' && <PeriodPreview design={design} text={s.text} />}
          {s.id !== 'record' && (
            <Button
              size="small"
              type="text"
              onClick={() =>
                change((d) => ({ ...d, sentences: d.sentences.filter((one) => one.id !== s.id) }))
              }
            >
              去掉这一句
            </Button>
          )}
        </div>
      ))}
      <Button icon={<PlusOutlined />} onClick={add}>
        再加一句
      </Button>
      {!isUsual && (
        <Button type="text" onClick={() => change((d) => ({ ...d, sentences: standardSentences(d) }))}>
          按栏目重写
        </Button>
      )}
    </div>
  )
}

/** Numbers that nobody takes for real ones. */
function PeriodPreview({ design, text }: { design: Design; text: string }) {
  const { org, period } = useFrame()
  const value = (slot: string) => {
    if (slot === 'org') return org.name
    if (slot === 'period') return period.label
    const at = ['count', 'personTimes', 'people', ...design.measures.map((m) => m.id)].indexOf(slot)
    return at < 0 ? null : String([12, 345, 234, 5600, 78, 90][at % 6])
  }
  try {
    return <p className="mz-sentence mz-own-example">例：{fillSentence(parseSentence(text), value)}。</p>
  } catch {
    return null
  }
}
