import { Button, Skeleton } from 'antd'
import { ContactRound, FileUp, LayoutTemplate, type LucideIcon, PencilRuler } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { customerList } from '../../../shared/api/customers.ts'
import { templateList } from '../../../shared/api/journeys.ts'
import { useApiQuery } from '../../api/query.ts'
import { useBrand } from '../../api/system.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { JourneySketch } from '../templates/JourneySketch.tsx'
import { StepsDrawer } from '../templates/StepsDrawer.tsx'
import { useStartFrom } from '../templates/useStartFrom.ts'
import styles from './FirstJourney.module.css'

const chosen = 'qixi-gift-box'
const steps = ['one', 'two', 'three', 'four'] as const

export interface FirstJourneyProps {
  onBlank: () => void
  onImport: () => void
}

/** The first page of a new marketer: one campaign that is ready, and three quieter ways to begin. */
export function FirstJourney({ onBlank, onImport }: FirstJourneyProps) {
  const { t } = useTranslation('journeys')
  const navigate = useNavigate()
  const path = useBrandPath()
  const own = useBrand()?.id === 'own'
  const nobody = useApiQuery('/customers?limit=1', customerList, { enabled: own }).data?.total === 0
  const [looking, setLooking] = useState(false)
  const templates = useApiQuery('/templates', templateList, { staleTime: 600_000 })
  const journey = templates.data?.templates.find(({ id }) => id === chosen)?.journey ?? null
  const start = useStartFrom()
  const use = () => start.mutate({ template: chosen })
  return (
    <>
      <section className={styles.hero} data-testid="first-journey">
        <div className={styles.words}>
          <span className={styles.kicker}>{t('empty.kicker')}</span>
          <h2>{t('empty.title')}</h2>
          <p className={styles.text}>{t('empty.text')}</p>
          <div className={styles.actions}>
            <Button
              type="primary"
              size="large"
              loading={start.isPending}
              onClick={use}
              data-testid="use-qixi"
            >
              {t('empty.action')}
            </Button>
            <Button type="text" size="large" disabled={journey === null} onClick={() => setLooking(true)}>
              {t('empty.look')}
            </Button>
          </div>
        </div>
        <Picture journey={journey} failed={templates.isError} />
      </section>
      <p className={styles.orElse}>{t('empty.orElse')}</p>
      <div className={styles.others}>
        {nobody ? (
          <Other
            icon={ContactRound}
            title={t('empty.customers')}
            note={t('empty.customersNote')}
            onClick={() => navigate(path('import'))}
            id="customers"
          />
        ) : null}
        <Other
          icon={PencilRuler}
          title={t('empty.blank')}
          note={t('empty.blankNote')}
          onClick={onBlank}
          id="blank"
        />
        <Other
          icon={LayoutTemplate}
          title={t('empty.templates')}
          note={t('empty.templatesNote')}
          onClick={() => navigate(path('templates'))}
          id="templates"
        />
        <Other
          icon={FileUp}
          title={t('empty.import')}
          note={t('empty.importNote')}
          onClick={onImport}
          id="import"
        />
      </div>
      <StepsDrawer
        journey={looking ? journey : null}
        busy={start.isPending}
        onUse={use}
        onClose={() => setLooking(false)}
      />
    </>
  )
}

type Shown = Parameters<typeof StepsDrawer>[0]['journey']

function Picture({ journey, failed }: { journey: Shown; failed: boolean }) {
  const { t } = useTranslation('journeys')
  const format = useFormat()
  return (
    <div className={styles.picture}>
      {failed ? null : (
        <div className={styles.drawing}>
          {journey ? (
            <JourneySketch journey={journey} label={format.text(journey.name)} />
          ) : (
            <Skeleton active title={false} paragraph={{ rows: 3 }} />
          )}
        </div>
      )}
      <ol className={styles.steps}>
        {steps.map((step) => (
          <li key={step}>
            <strong>{t(`empty.steps.${step}`)}</strong>
            <span>{t(`empty.steps.${step}Text`)}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}

interface OtherProps {
  icon: LucideIcon
  title: string
  note: string
  id: string
  onClick: () => void
}

function Other({ icon: Icon, title, note, id, onClick }: OtherProps) {
  return (
    <button type="button" className={styles.other} onClick={onClick} data-testid={`begin-${id}`}>
      <Icon size={20} strokeWidth={1.6} aria-hidden />
      <div>
        <strong>{title}</strong>
        <span>{note}</span>
      </div>
    </button>
  )
}
