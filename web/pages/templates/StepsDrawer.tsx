import { Button, Drawer } from 'antd'
import { useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { templateList } from '../../../shared/api/journeys.ts'
import type { Journey } from '../../../shared/journey/graph.ts'
import { useApiQuery } from '../../api/query.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { CategoryIcon } from '../../ui/CategoryIcon.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { BrandFormat } from '../../ui/zone.ts'
import { type Step, stepsOf } from './facts.ts'
import { iconOf } from './icons.ts'
import { JourneySketch } from './JourneySketch.tsx'
import styles from './StepsDrawer.module.css'

export interface StepsDrawerProps {
  /** null: closed. */
  journey: Journey | null
  busy: boolean
  onUse: () => void
  onClose: () => void
}

/** A template before it is used: its drawing, and each step in words. */
export function StepsDrawer({ journey, busy, onUse, onClose }: StepsDrawerProps) {
  const { t } = useTranslation('templates')
  const format = useFormat()
  return (
    <Drawer
      open={journey !== null}
      size={520}
      title={journey ? format.text(journey.name) : ''}
      onClose={onClose}
      extra={
        <Button type="primary" loading={busy} onClick={onUse} data-testid="use-from-steps">
          {t('use')}
        </Button>
      }
    >
      {journey ? <Steps journey={journey} /> : null}
    </Drawer>
  )
}

function Steps({ journey }: { journey: Journey }) {
  const { t } = useTranslation('templates')
  const { locale } = useLocale()
  const { currency } = useContext(BrandFormat)
  const format = useFormat()
  const known = useApiQuery('/templates', templateList, { staleTime: 600_000 }).data?.templates ?? []
  const journeyName = (id: string) => known.find((one) => one.id === id)?.name ?? { en: id }
  const { steps, goals } = stepsOf(journey, { locale, currency, journeyName })
  return (
    <>
      <div className={styles.drawing}>
        <JourneySketch journey={journey} label={t('drawing', { name: format.text(journey.name) })} />
      </div>
      {journey.description ? <p className={styles.about}>{format.text(journey.description)}</p> : null}
      {goals.length > 0 ? <h3 className={styles.head}>{t('goals')}</h3> : null}
      <StepList steps={goals} />
      <h3 className={styles.head}>{t('steps')}</h3>
      <StepList steps={steps} />
    </>
  )
}

function StepList({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className={styles.steps}>
      {steps.map(({ id, type, category, name, sentence }) => (
        <li key={id}>
          <CategoryIcon category={category} icon={iconOf(type)} />
          <div className={styles.words}>
            <strong>{name}</strong>
            <span>{sentence}</span>
          </div>
        </li>
      ))}
    </ol>
  )
}
