import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { templateList } from '../../../shared/api/journeys.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { factsOf } from './facts.ts'
import { JourneySketch } from './JourneySketch.tsx'
import styles from './TemplateCard.module.css'

export type Template = z.infer<typeof templateList>['templates'][number]

/** Cards side by side, as many as fit. */
export function TemplateCards({ children }: { children: ReactNode }) {
  return <div className={styles.cards}>{children}</div>
}

export interface TemplateCardProps {
  template: Template
  busy: boolean
  onUse: () => void
  onLook: () => void
}

/** One template: its drawing, what it does, what it is made of. */
export function TemplateCard({ template, busy, onUse, onLook }: TemplateCardProps) {
  const { t } = useTranslation('templates')
  const format = useFormat()
  const { id, journey, nodes, description } = template
  const name = format.text(template.name)
  const facts = factsOf(journey)
  return (
    <article className={styles.card} data-testid={`template-${id}`}>
      <button type="button" className={styles.drawing} onClick={onLook} aria-label={`${t('look')} ${name}`}>
        <JourneySketch journey={journey} label={t('drawing', { name })} />
      </button>
      <div className={styles.body}>
        <h2>{name}</h2>
        {description ? <p className={styles.about}>{format.text(description)}</p> : null}
        <p className={styles.facts}>
          <span>{t('nodes', { count: nodes })}</span>
          {facts.messages > 0 ? <span>{t('messages', { count: facts.messages })}</span> : null}
          {facts.waits > 0 ? <span>{t('waits', { count: facts.waits })}</span> : null}
          {facts.branches > 0 ? <span>{t('branches', { count: facts.branches })}</span> : null}
          {facts.coupons > 0 ? <span>{t('coupons', { count: facts.coupons })}</span> : null}
          {facts.control > 0 ? <span>{t('control', { percent: facts.control })}</span> : null}
        </p>
        <div className={styles.actions}>
          <Button color="primary" variant="filled" loading={busy} onClick={onUse} data-testid={`use-${id}`}>
            {t('use')}
          </Button>
          <Button type="text" onClick={onLook} data-testid={`look-${id}`}>
            {t('look')}
          </Button>
        </div>
      </div>
    </article>
  )
}
