import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import type { WhatIfAnswer, WhyAnswer } from '../../../shared/api/why.ts'
import type { Journey } from '../../../shared/journey/graph.ts'
import { portsOf } from '../../store/graph.ts'
import { lasting } from '../../ui/motion.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useEndingName } from '../customers/Enrollments.tsx'
import { Story } from '../customers/Story.tsx'
import styles from './Why.module.css'

/** What came out of a what-if, beside what really happened. */
export function OtherPath({ why, other }: { why: WhyAnswer; other: WhatIfAnswer }) {
  const { t } = useTranslation('why')
  const unlike = useNames(why.journey)
  if (!other.entered) return <Alert type="warning" showIcon title={t('whatIf.notIn')} />
  const future = other.story.some(({ at }) => at > other.now)
  return (
    <section ref={intoView} className={styles.other} data-testid="other-path">
      <Alert type="info" showIcon title={<Parting why={why} other={other} />} />
      {other.unlike === null ? null : (
        <Alert type="warning" showIcon title={t('whatIf.unlike', { node: unlike.node(other.unlike) })} />
      )}
      <p className={styles.where}>
        <End other={other} />
      </p>
      {future ? <p className={styles.note}>{t('whatIf.future')}</p> : null}
      <Story timeline={other.story} />
    </section>
  )
}

/** What has just come out stands below the form, where it would not be seen. */
const intoView = (element: HTMLElement | null): void =>
  element?.scrollIntoView({ block: 'start', behavior: lasting(1) === 0 ? 'auto' : 'smooth' })

function useNames(journey: Journey) {
  const { t } = useTranslation('why')
  const format = useFormat()
  return {
    node: (id: string): string => {
      const known = journey.nodes[id]
      return known === undefined ? id : format.text(known.name)
    },
    port: (node: string, port: string): string => {
      if (port === 'left') return t('whatIf.left')
      const known = portsOf(journey, node).find(({ id }) => id === port)
      return known === undefined ? port : format.text(known.name) || port
    },
  }
}

function Parting({ why, other }: { why: WhyAnswer; other: WhatIfAnswer }) {
  const { t } = useTranslation('why')
  const real = useNames(why.journey)
  const names = useNames(other.journey)
  const { parts } = other
  if (parts === null) return t('whatIf.same')
  const { node } = parts
  if (parts.real === null) return t('whatIf.partsEarly', { node: names.node(node) })
  if (parts.other === null) return t('whatIf.partsLate', { node: real.node(node) })
  return t('whatIf.parts', {
    node: names.node(node),
    real: real.port(node, parts.real),
    other: names.port(node, parts.other),
  })
}

function End({ other: { state, ending, until, journey } }: { other: WhatIfAnswer }) {
  const { t } = useTranslation('why')
  const format = useFormat()
  const names = useNames(journey)
  const say = useEndingName()
  if (ending !== null) return t('whatIf.ends', { ending: say(ending, names.node) })
  const at = t('whatIf.waits', { node: names.node(state ?? '') })
  return until === null ? at : `${at} · ${t('until', { when: format.time(until, 'short') })}`
}
