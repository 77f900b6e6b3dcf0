/** What can be done with a pair: merge, keep apart, ask a superior; and the word that it is done, with its way back. */
import { App, Button, Input, Modal, Tooltip } from 'antd'
import { useState } from 'react'
import type { Verdict } from '../../domain/structure/merges/contract.ts'
import type { Problem } from '../app/client.ts'
import { Failure } from '../kit/Page.tsx'

interface DeedsProps {
  may: { merge: boolean; why: string | null }
  verdict: Verdict | null
  /** 不是同一人, 两场不同的活动. */
  apartWords: string
  mergeWords: string
  busy: boolean
  problem: Problem | null
  merge: () => void
  judge: (verdict: 'distinct' | 'proposed' | 'none', note?: string) => void
}

export function Deeds(props: DeedsProps) {
  const { may, verdict, busy } = props
  const [asking, setAsking] = useState(false)
  const apart = verdict?.verdict === 'distinct'
  return (
    <footer className="mz-dup-deeds">
      {props.problem && <Failure problem={props.problem} />}
      {verdict && (
        <p className="mz-dup-verdict">
          {verdict.at.slice(0, 16)} {verdict.by}
          {apart ? `认定${props.apartWords}` : '提请上级合并'}
          {verdict.note && `：${verdict.note}`}
          <button type="button" className="mz-link-button" onClick={() => props.judge('none')}>
            收回
          </button>
        </p>
      )}
      {!may.merge && may.why && <p className="mz-dup-why">{may.why}</p>}
      <div className="mz-dup-buttons">
        {may.merge ? (
          <Tooltip title="Enter">
            <Button type="primary" loading={busy} disabled={apart} onClick={props.merge}>
              {props.mergeWords}
            </Button>
          </Tooltip>
        ) : (
          <Button type="primary" loading={busy} disabled={verdict !== null} onClick={() => setAsking(true)}>
            提请上级合并
          </Button>
        )}
        {!apart && (
          <Tooltip title="N">
            <Button disabled={busy} onClick={() => props.judge('distinct')}>
              {props.apartWords}
            </Button>
          </Tooltip>
        )}
        <span className="mz-dup-hint mz-quiet">↑↓ 选行　←→ 选哪边　Enter 合并　N 不重复　J 下一组</span>
      </div>
      {asking && (
        <Propose
          close={() => setAsking(false)}
          send={(note) => {
            setAsking(false)
            props.judge('proposed', note)
          }}
        />
      )}
    </footer>
  )
}

function Propose({ close, send }: { close: () => void; send: (note: string) => void }) {
  const [note, setNote] = useState('')
  return (
    <Modal
      open
      title="提请上级合并"
      okText="提请"
      cancelText="不提了"
      onOk={() => send(note)}
      onCancel={close}
    >
      <p>上级在自己的查重页里会先看到这一组，由上级核实后合并。</p>
      <Input.TextArea
        aria-label="说明"
        rows={2}
        maxLength={200}
        placeholder="说明，可不填：比如“已经问过本人”"
        value={note}
        onChange={(e) => setNote(e.target.value)}
      />
    </Modal>
  )
}

/** 已合并。撤销 */
export function useMergedNotice(undo: (merge: string) => void): (merge: string, words: string) => void {
  const { message } = App.useApp()
  return (merge, words) => {
    void message.success({
      key: merge,
      duration: 8,
      content: (
        <>
          {words}
          <button
            type="button"
            className="mz-link-button"
            onClick={() => {
              message.destroy(merge)
              undo(merge)
            }}
          >
            撤销
          </button>
        </>
      ),
    })
  }
}
