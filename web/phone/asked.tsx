/** 问一个数 on the phone: typed, or spoken into the keyboard's own microphone. */
import { useEffect, useState } from 'react'
import { type Asked, type Told as Behind, getAsked } from '../../domain/indicators/asked/contract.ts'
import type { FigureQuestion } from '../../domain/indicators/contract.ts'
import { useFetch } from '../app/queries.ts'
import { Card, Line, Told } from './kit.tsx'
import { goTo, usePlace } from './place.ts'

const RESTING_MS = 350

/** What was asked stays in the address, so that going back from a figure finds it again. */
export function AskBar({ org }: { org: string }) {
  const { search } = usePlace()
  const [text, setText] = useState(search.get('ask') ?? '')
  const [asked, setAsked] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => {
      setAsked(text.trim())
      const address = text.trim() ? `/?ask=${encodeURIComponent(text.trim())}` : '/'
      window.history.replaceState(null, '', `/m${address}`)
    }, RESTING_MS)
    return () => clearTimeout(timer)
  }, [text])
  const found = useFetch(
    getAsked,
    { query: { text: asked, org } },
    { enabled: asked.length >= 2, keepLast: true },
  )
  return (
    // biome-ignore lint/a11y/useSemanticElements: older browsers do not know the element.
    <div role="search" className="mp-asking">
      <input
        className="mp-search"
        type="search"
        aria-label="问一个数"
        placeholder="问一个数：多少团员，几个女的"
        value={text}
        onChange={(e) => setText(e.target.value)}
      />
      {asked.length >= 2 && found.error && <Told problem={found.error} retry={() => void found.refetch()} />}
      {asked.length >= 2 && found.data && found.data.asked.length > 0 && (
        <Card flush>
          <div aria-live="polite">
            {found.data.asked.map((one, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: questions of one sentence, by their place.
              <Answered key={i} asked={one} />
            ))}
          </div>
        </Card>
      )}
    </div>
  )
}

export const figurePlace = (question: FigureQuestion): string =>
  `/figure?q=${encodeURIComponent(JSON.stringify(question))}`

/** Who has most, who has none, by how much two differ: with each figure behind it. */
function Several({ told }: { told: Behind }) {
  return (
    <>
      <Line
        title={<strong className="mp-asked">{told.said}</strong>}
        about={[told.title, told.note].filter(Boolean).join('。')}
      />
      {told.items.slice(0, MOST_BEHIND).map((one, i) => (
        <Line
          // biome-ignore lint/suspicious/noArrayIndexKey: figures of one answer, by their place.
          key={i}
          title={one.title}
          about={one.display}
          onOpen={() => goTo(figurePlace(one.question))}
        />
      ))}
    </>
  )
}

const MOST_BEHIND = 10

function Answered({ asked }: { asked: Asked }) {
  const { question, answer, told, refused, choices } = asked
  const unknown = asked.unknown.filter((word) => !refused?.includes(`“${word}”`))
  return (
    <>
      {question && told && <Several told={told} />}
      {question && answer && (
        <Line
          title={<strong className="mp-asked">{answer.missing ? '—' : answer.display}</strong>}
          about={[answer.asked, answer.missing ? answer.missingReason : answer.note]
            .filter(Boolean)
            .join('。')}
          onOpen={() => goTo(figurePlace(question))}
        />
      )}
      {!answer && !told && refused && <p className="mp-asked-note">{refused}</p>}
      {unknown.length > 0 && (
        <p className="mp-asked-note mp-late">
          没看懂“{unknown.join('”“')}”{answer && '，上面的数没有按它算'}
        </p>
      )}
      {choices.length > 0 && (
        <div className="mp-pills mp-asked-note">
          {choices.map((one) => (
            <button key={one.title} type="button" onClick={() => goTo(figurePlace(one.question))}>
              {one.title}
            </button>
          ))}
        </div>
      )}
    </>
  )
}
