/** The page as it will print: 28 characters a line, title, text, and who signs when. */
import { Input } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { dateInWords } from '../../kernel/period.ts'
import { useMe } from '../app/me.ts'
import { useWatched, type Workspace } from './workspace.ts'

/** Of GB/T 9704: paper and type area in millimetres. */
const PAPER = { width: 210, left: 28, right: 26 }
const CHARACTERS = 28
const TRUE_WIDTH = 794
const NARROW = 560

export function Paper({ workspace }: { workspace: Workspace }) {
  const { title, settings, summary, editable } = useWatched(workspace)
  const { today } = useMe()
  const frame = useRef<HTMLDivElement>(null)
  const text = useRef<HTMLDivElement>(null)
  const character = useCharacter(frame)
  useEffect(() => {
    text.current?.append(workspace.element)
  }, [workspace])
  const day = settings.day ?? summary.submittedAt?.slice(0, 10) ?? today
  return (
    <div className="mz-desk-top" ref={frame}>
      <article
        className="mz-paper"
        style={character ? { ['--mz-char' as string]: `${character}px` } : undefined}
      >
        {editable ? (
          <>
            <Input.TextArea
              variant="borderless"
              className="mz-paper-title mz-no-print"
              aria-label="标题"
              autoSize
              maxLength={200}
              value={title}
              onChange={(e) => workspace.setTitle(e.target.value.replace(/\n/g, ''))}
              onKeyDown={(e) => {
                if (e.key !== 'Enter' || e.nativeEvent.isComposing) return
                e.preventDefault()
                workspace.editor.commands.focus('start')
              }}
            />
            <h1 className="mz-paper-title mz-only-print">{title}</h1>
          </>
        ) : (
          <h1 className="mz-paper-title">{title}</h1>
        )}
        <div ref={text} className={editable ? 'mz-writing' : 'mz-writing mz-writing-sealed'} />
        <footer className="mz-paper-signature">
          <div>{settings.organ || summary.org.name}</div>
          <div>{dateInWords(day)}</div>
        </footer>
      </article>
    </div>
  )
}

/** The width of one character, so that 28 of them fill the type area of the paper at its size here. */
function useCharacter(frame: React.RefObject<HTMLDivElement | null>): number | null {
  const [width, setWidth] = useState<number | null>(null)
  useEffect(() => {
    const box = frame.current
    if (!box) return
    const observer = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width))
    observer.observe(box)
    return () => observer.disconnect()
  }, [frame])
  if (width === null || width < NARROW) return null
  const type = (Math.min(width, TRUE_WIDTH) * (PAPER.width - PAPER.left - PAPER.right)) / PAPER.width
  return Math.floor((type / CHARACTERS) * 100) / 100
}
