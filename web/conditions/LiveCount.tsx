import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Condition, conditionSchema, leavesOf } from '../../shared/conditions/schema.ts'
import { useFormat } from '../ui/useFormat.ts'
import styles from './condition.module.css'
import { type CountAnswer, type Uncounted, useConditionServices } from './context.ts'
import { isComplete } from './leaves.tsx'
import { valued } from './variable.ts'

/** How long typing must pause before customers are counted (ms). */
const quiet = 400
/** How long until it is asked again where the answer will be there soon (ms). */
const again = 3_000

type Count =
  | { readonly state: 'counting'; readonly last: CountAnswer | null }
  | { readonly state: 'known'; readonly last: CountAnswer }
  | { readonly state: 'unknown'; readonly last: null }
  /** Nobody can be counted now. */
  | { readonly state: 'refused'; readonly last: null; readonly said: Uncounted }

/** Whether a condition asks of the journey itself, so that it means nothing outside one. */
function asksJourney(condition: Condition): boolean {
  return leavesOf(condition).some(
    (leaf) =>
      leaf.kind === 'history' ||
      leaf.kind === 'entry' ||
      ('window' in leaf && leaf.window?.kind === 'since_entry'),
  )
}

export interface LiveCountProps {
  condition: Condition
  /** What is shown below of the answer, such as a few of those who are meant. */
  below?: ((answer: CountAnswer) => ReactNode) | undefined
}

/** How many customers meet a condition now, counted anew whenever it rests. */
export function LiveCount(props: LiveCountProps) {
  return asksJourney(props.condition) ? null : <Counted {...props} />
}

function Counted({ condition, below }: LiveCountProps) {
  const { t } = useTranslation('nodes')
  const format = useFormat()
  const { count, variables } = useConditionServices()
  const [shown, setShown] = useState<Count>({ state: 'counting', last: null })
  // The content, as the same condition may come as another object.
  const valuedNow = valued(condition, variables)
  const asked = isComplete(valuedNow) ? JSON.stringify(valuedNow) : null
  useEffect(() => {
    if (asked === null) return setShown({ state: 'unknown', last: null })
    const stop = new AbortController()
    setShown((now) => ({ state: 'counting', last: now.last }))
    const ask = () =>
      count(conditionSchema.parse(JSON.parse(asked)), stop.signal).then(
        (answer) => {
          if ('count' in answer) return setShown({ state: 'known', last: answer })
          setShown({ state: 'refused', last: null, said: answer })
          if (answer.soon && !stop.signal.aborted) timer = setTimeout(ask, again)
        },
        () => {
          if (!stop.signal.aborted) setShown({ state: 'unknown', last: null })
        },
      )
    let timer = setTimeout(ask, quiet)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [asked, count])
  const { last } = shown
  const said = (
    <div className={styles.count} aria-live="polite" aria-busy={shown.state === 'counting'}>
      {shown.state === 'refused' ? (
        <span data-testid="condition-uncounted">
          {format.text(shown.said.why)} {shown.said.soon ? '' : format.text(shown.said.how)}
        </span>
      ) : last === null ? (
        <span>{t(shown.state === 'counting' ? 'condition.counting' : 'condition.noCount')}</span>
      ) : (
        <>
          <strong data-testid="condition-count">{format.count(last.count)}</strong>
          <span>
            {t('condition.ofAll', {
              count: last.of,
              all: format.count(last.of),
              share: format.share(last.of === 0 ? 0 : last.count / last.of),
            })}
          </span>
        </>
      )}
    </div>
  )
  return (
    <>
      {said}
      {last === null ? null : below?.(last)}
    </>
  )
}
