import { Tabs } from 'antd'
import { CircleCheck, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { WhatIfAnswer, WhyAnswer } from '../../../shared/api/why.ts'
import { refresh } from '../../api/query.ts'
import { PeopleActions } from '../../canvas/people/PeopleActions.tsx'
import { useLocale } from '../../locales/useLocale.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useEndingName } from '../customers/Enrollments.tsx'
import { Story } from '../customers/Story.tsx'
import { WhatIf } from './WhatIf.tsx'
import styles from './Why.module.css'

export interface WhyPanelProps {
  readonly path: string
  readonly why: WhyAnswer
  readonly other: WhatIfAnswer | null
  readonly onOther: (other: WhatIfAnswer | null) => void
}

/** Beside the canvas: where the customer stands, the story with its reasons, and what if. */
export function WhyPanel({ path, why, other, onOther }: WhyPanelProps) {
  const { t } = useTranslation('why')
  return (
    <aside className={styles.panel} data-testid="why-panel">
      <Standing path={path} why={why} />
      <Tabs
        onChange={() => onOther(null)}
        items={[
          {
            key: 'story',
            label: t('tabs.story'),
            children:
              why.story.length === 0 ? (
                <p className={styles.quiet}>{t('noStory')}</p>
              ) : (
                <Story timeline={why.story} />
              ),
          },
          {
            key: 'what-if',
            label: t('tabs.whatIf'),
            children: <WhatIf path={path} why={why} other={other} onOther={onOther} />,
          },
        ]}
      />
    </aside>
  )
}

function Standing({ path, why }: Pick<WhyPanelProps, 'path' | 'why'>) {
  const { t } = useTranslation('why')
  const { enrollment, journey } = why
  const { id, journeyId, version, control, status, state } = enrollment
  return (
    <header className={styles.head}>
      <p className={styles.where}>
        <Where why={why} />
      </p>
      <p className={styles.quiet}>
        {[t('version', { version }), ...(control ? [t('control')] : [])].join(' · ')}
      </p>
      <Replayed replay={why.replay} />
      {status === 'ended' ? null : (
        <PeopleActions
          people={{ journeyId, node: state, who: { enrollments: [id] }, count: 1 }}
          stuck={status === 'stuck'}
          graph={journey}
          onDone={() => void refresh(path)}
        />
      )}
    </header>
  )
}

function Where({ why: { enrollment, journey } }: Pick<WhyPanelProps, 'why'>) {
  const { t } = useTranslation('why')
  const format = useFormat()
  const ending = useEndingName()
  const name = (node: string) => {
    const known = journey.nodes[node]
    return known === undefined ? node : format.text(known.name)
  }
  const { state, status, dueAt, error, endedAt, ending: end } = enrollment
  if (endedAt !== null)
    return t('ended', { when: format.time(endedAt, 'short'), ending: ending(end ?? state, name) })
  if (status === 'stuck') return t('stuck', { node: name(state), error: error ?? '' })
  const at = t('live', { node: name(state) })
  return dueAt === null ? at : `${at} · ${t('until', { when: format.time(dueAt, 'short') })}`
}

/** Whether the trace alone leads to the same end (rule 27). */
function Replayed({ replay: { same, differsAt, byOutcome, problem } }: Pick<WhyAnswer, 'replay'>) {
  const { t } = useTranslation('why')
  const { locale } = useLocale()
  const Icon = same ? CircleCheck : TriangleAlert
  const gone = differsAt === null && problem !== null
  const said = same
    ? t('replay.same')
    : differsAt === null
      ? t('replay.end')
      : t('replay.different', { step: differsAt })
  return (
    <div className={same ? styles.good : styles.bad} data-testid="replayed">
      <Icon size={14} aria-hidden />
      <div>
        {gone ? null : <p>{said}</p>}
        {problem === null ? null : <p>{problem[locale]}</p>}
        {byOutcome > 0 ? <p>{t('replay.byOutcome', { count: byOutcome })}</p> : null}
      </div>
    </div>
  )
}
