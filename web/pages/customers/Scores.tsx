import { TrendingDown, TrendingUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { CustomerAnswer, CustomerScores } from '../../../shared/api/customers.ts'
import { sayName } from '../../../shared/conditions/say.ts'
import { models } from '../../../shared/models/scores.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { Panel } from '../../ui/Page.tsx'
import { atHead } from '../../ui/sentence.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { sayReason, sayScore } from '../models/words.ts'
import profile from './Profile.module.css'
import type { PartProps } from './panels.tsx'
import styles from './Scores.module.css'

/** What models say of the customer, and why. */
export function ScoresPanel({ data: { scores, silent } }: PartProps) {
  const { t } = useTranslation('customers')
  const { locale } = useLocale()
  const format = useFormat()
  const path = useBrandPath()
  const { values = [], reasons = [], contents = [] } = scores ?? {}
  const rank = values.find(({ name }) => name === 'score_propensity')?.value ?? null
  return (
    <Panel title={t('scores.title')} extra={<Link to={path('models')}>{t('scores.more')}</Link>}>
      <dl className={profile.facts} data-testid="scores">
        {values.map(({ name, value, position }) => (
          <div key={name} className={styles.score}>
            <dt>{atHead(sayName(name, locale))}</dt>
            <dd>{sayScore(name, value, format)}</dd>
            {position === null ? null : <Position position={position} />}
          </div>
        ))}
      </dl>
      {reasons.length === 0 ? null : (
        <>
          <p className={profile.more}>{t('scores.why')}</p>
          <ul className={styles.reasons}>
            {reasons.map((reason) => (
              <li key={reason.feature}>
                {reason.up ? (
                  <TrendingUp size={14} className={styles.up ?? ''} aria-label={t('scores.up')} />
                ) : (
                  <TrendingDown size={14} className={styles.down ?? ''} aria-label={t('scores.down')} />
                )}
                {atHead(sayReason(reason, locale, format))}
              </li>
            ))}
          </ul>
        </>
      )}
      <Contents contents={contents} rank={rank} />
      <Silent silent={silent} />
    </Panel>
  )
}

/** Where a score stands among all who have it: a bar, and the share of those who have less. */
function Position({ position }: { position: NonNullable<CustomerScores['values'][number]['position']> }) {
  const { t } = useTranslation('customers')
  const format = useFormat()
  const share = `${Math.round(position.below * 100)}%`
  return (
    <dd
      className={styles.position}
      title={t('scores.among', { customers: format.count(position.customers) })}
      data-testid="score-position"
    >
      <span className={styles.scale} aria-hidden>
        <span className={styles.below} style={{ width: share }} />
      </span>
      {t('scores.position', { share })}
    </dd>
  )
}

/** The models that say nothing, those of one reason together. */
function Silent({ silent }: Pick<CustomerAnswer, 'silent'>) {
  const { t } = useTranslation('customers')
  const { locale } = useLocale()
  const format = useFormat()
  if (silent.length === 0) return null
  const grouped = new Map<string, string[]>()
  for (const { model, why } of silent) {
    const reason = format.text(why)
    grouped.set(reason, [...(grouped.get(reason) ?? []), format.text(models[model].name)])
  }
  return (
    <>
      <p className={profile.more}>{t('scores.silent')}</p>
      <dl className={profile.facts} data-testid="silent-models">
        {[...grouped].map(([why, names]) => (
          <div key={why} className={styles.score}>
            <dt>{names.join(locale === 'en' ? ', ' : '、')}</dt>
            <dd>{why}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

/** The content that has moved the propensity, and what it would be without. */
function Contents({ contents, rank }: Pick<CustomerScores, 'contents'> & { rank: string | number | null }) {
  const { t } = useTranslation('customers')
  const format = useFormat()
  if (contents.length === 0 || typeof rank !== 'number') return null
  return (
    <>
      <p className={profile.more}>{t('scores.contents')}</p>
      <ul className={styles.reasons} data-testid="score-contents">
        {contents.map(({ content, without, journeyName, nodeName }) => {
          const name =
            content.kind === 'page'
              ? t('scores.page', { name: content.name })
              : t('scores.message', {
                  journey: journeyName === null ? content.journeyId : format.text(journeyName),
                  node: nodeName === null ? content.node : format.text(nodeName),
                })
          return (
            <li key={JSON.stringify(content)}>
              {rank > without ? (
                <TrendingUp size={14} className={styles.up ?? ''} aria-label={t('scores.up')} />
              ) : (
                <TrendingDown size={14} className={styles.down ?? ''} aria-label={t('scores.down')} />
              )}
              {t('scores.without', { name, without, rank })}
            </li>
          )
        })}
      </ul>
    </>
  )
}
