import { Button, Input, Tag } from 'antd'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { contentCounts, contentPreview } from '../../../shared/api/contents.ts'
import { audienceUses } from '../../../shared/api/customers.ts'
import { type Content, defaultVariant } from '../../../shared/contents/content.ts'
import {
  type LabelAttributes,
  labelEntries,
  labels,
  type VariantLabels,
} from '../../../shared/contents/labels.ts'
import { sayChosenWhy, sayLabels, sayLabelValue } from '../../../shared/contents/words.ts'
import { useApiQuery } from '../../api/query.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { Panel } from '../../ui/Page.tsx'
import { Picture } from '../../ui/Picture.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { Uses } from '../Uses.tsx'
import styles from './contents.module.css'
import { usePosted, useSettled } from './usePosted.ts'

interface BesideProps {
  /** null: it is not filled in yet. */
  readonly content: Content | null
  readonly attributes: LabelAttributes
}

/** The variants as they are numbered in the editor. */
function useVariantNames(content: Content | null, attributes: LabelAttributes) {
  const { t } = useTranslation('contents')
  const { locale } = useLocale()
  const all: readonly { readonly id: string; readonly labels: VariantLabels }[] = content?.variants ?? []
  return (id: string) => {
    if (id === defaultVariant) return { name: t('default.title'), said: '' }
    const place = all.findIndex((one) => one.id === id)
    const own = all[place]
    return {
      name: t('variants.number', { number: place + 1 }),
      said: own === undefined ? '' : sayLabels(own.labels, attributes)[locale],
    }
  }
}

/** How many customers are shown which variant now. */
export function WhoGets({ content, attributes }: BesideProps) {
  const { t } = useTranslation('contents')
  const format = useFormat()
  const nameOf = useVariantNames(content, attributes)
  const settled = useSettled(content, JSON.stringify(content))
  const query = usePosted('/contents/count', contentCounts, settled && { content: settled })
  const counts = new Map(query.data?.variants.map(({ variant, count }) => [variant, count]))
  const of = query.data?.of ?? 0
  const ids = [...(content?.variants ?? []).map(({ id }) => id), defaultVariant]
  return (
    <Panel title={t('who.title')}>
      {content === null ? (
        <p className={styles.note}>{t('who.incomplete')}</p>
      ) : query.error ? (
        <ProblemAlert problem={query.error} onRetry={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <p className={styles.note}>{t('who.waiting')}</p>
      ) : (
        <>
          <ul className={styles.who} data-testid="who-gets">
            {ids.map((id) => {
              const { name, said } = nameOf(id)
              const count = counts.get(id)
              return (
                <li key={id}>
                  <span>
                    {name}
                    {said === '' ? null : <small>{said}</small>}
                  </span>
                  <b>
                    {count === undefined
                      ? t('who.closed')
                      : t('who.people', { count, replace: { count: format.count(count) } })}
                  </b>
                  <i style={{ width: `${of === 0 || count === undefined ? 0 : (count / of) * 100}%` }} />
                </li>
              )
            })}
          </ul>
          <p className={styles.note}>{t('who.of', { of: format.count(of) })}</p>
        </>
      )}
    </Panel>
  )
}

interface Looked {
  readonly customerId: string | null
  readonly move: 'none' | 'next' | 'previous'
}

/** The content as one customer is shown it, and why. */
export function ContentPreviewPanel({ content, attributes }: BesideProps) {
  const { t } = useTranslation('contents')
  const { locale } = useLocale()
  const nameOf = useVariantNames(content, attributes)
  const [looked, setLooked] = useState<Looked>({ customerId: null, move: 'none' })
  const settled = useSettled(content, JSON.stringify(content))
  const query = usePosted('/contents/preview', contentPreview, settled && { content: settled, ...looked })
  const answer = query.data
  const customer = answer?.customer ?? null
  const walk = (move: Looked['move']) => setLooked({ customerId: customer?.id ?? null, move })
  const known = labels.flatMap((label) => {
    const value = answer?.labels[label]
    if (value === undefined) return []
    const said = sayLabelValue(attributes[label], value)[locale]
    return [`${labelEntries[label].name[locale]} ${said}`]
  })
  const tools = (
    <span>
      <Button
        type="text"
        size="small"
        icon={<ChevronLeft size={15} />}
        aria-label={t('preview.previous')}
        onClick={() => walk('previous')}
      />
      <Button
        type="text"
        size="small"
        icon={<ChevronRight size={15} />}
        aria-label={t('preview.next')}
        data-testid="content-next"
        onClick={() => walk('next')}
      />
    </span>
  )
  return (
    <Panel title={t('preview.title')} extra={tools}>
      <Input.Search
        allowClear
        placeholder={t('preview.customer')}
        aria-label={t('preview.customer')}
        onSearch={(id) => setLooked({ customerId: id.trim() === '' ? null : id.trim(), move: 'none' })}
      />
      {content === null ? (
        <p className={styles.note}>{t('preview.incomplete')}</p>
      ) : query.error ? (
        <ProblemAlert problem={query.error} />
      ) : answer === undefined ? null : customer === null ? (
        <p className={styles.note}>{t('preview.nobody')}</p>
      ) : (
        <div className={styles.preview} data-testid="content-preview">
          <p>
            <strong>{customer.name ?? customer.id}</strong>{' '}
            <small>{known.length === 0 ? t('preview.unlabelled') : known.join(' · ')}</small>
          </p>
          {answer.chosen === null ? (
            <p className={styles.note}>{t('preview.nothing')}</p>
          ) : (
            <p>
              {t('preview.shows')}{' '}
              <Tag data-testid="chosen-variant">{nameOf(answer.chosen.variant).name}</Tag>
              <small>{sayChosenWhy(answer.chosen.why)[locale]}</small>
            </p>
          )}
          <Shown content={content} shown={answer.shown} />
          {answer.problems.map(({ code, detail }) => (
            <p key={`${code} ${detail.en}`} className={styles.doubt} role="alert">
              {detail[locale]}
            </p>
          ))}
        </div>
      )}
    </Panel>
  )
}

/** Each part as a message would show it; a picture as the picture. */
function Shown({ content, shown }: { content: Content; shown: readonly { path: string; text: string }[] }) {
  const picture = shown.find(({ path }) => path === `content.${content.key}.image`)
  const alt = shown.find(({ path }) => path === `content.${content.key}.alt`)
  return (
    <>
      {picture === undefined ? null : (
        <Picture className={styles.picture} src={picture.text} alt={alt?.text ?? ''} />
      )}
      <dl className={styles.shown}>
        {shown.map(({ path, text }) => (
          <div key={path}>
            <dt>{`{{ ${path} }}`}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

/** The journeys and contents that show it. */
export function UsesPanel({ contentKey }: { contentKey: string }) {
  const { t } = useTranslation('contents')
  // A journey may have begun to show it a moment ago.
  const uses = useApiQuery(`/contents/${contentKey}/uses`, audienceUses, { staleTime: 0 }).data?.uses
  return (
    <Panel title={t('uses.title')}>
      {uses === undefined ? null : uses.length === 0 ? (
        <p className={styles.note}>{t('uses.none')}</p>
      ) : (
        <Uses uses={uses} about={t('uses.about')} onLeave={() => undefined} />
      )}
    </Panel>
  )
}
