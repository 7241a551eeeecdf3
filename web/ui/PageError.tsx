import { Button } from 'antd'
import { CircleAlert, Compass, RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Locale } from '../../shared/text.ts'
import { useLocale } from '../locales/useLocale.ts'
import { EmptyState } from './EmptyState.tsx'
import { isShownProblem } from './problem.ts'

export interface PageErrorProps {
  error: unknown
  title?: string
  onRetry?: () => void
  /** Leads back to safe ground. */
  home?: ReactNode
}

/** A page that could not be shown: what happened, and the two ways on. */
export function PageError({ error, title, onRetry, home }: PageErrorProps) {
  const { t } = useTranslation()
  const { locale } = useLocale()
  const told = isShownProblem(error) ? error : null
  const what = told ? told.describe(locale) : error instanceof Error ? error.message : String(error)
  return (
    <EmptyState
      icon={CircleAlert}
      title={title ?? t('problem.pageTitle')}
      text={sentences([what, told?.mend(locale) ?? t('problem.pageMend')], locale)}
      action={
        <>
          {onRetry && told?.code !== 'not-found' ? (
            <Button type="primary" icon={<RotateCw size={14} />} onClick={onRetry}>
              {t('retry')}
            </Button>
          ) : null}
          {home}
        </>
      }
    />
  )
}

/** Texts of the problem table end without a stop; side by side they need one. */
function sentences(texts: readonly string[], locale: Locale): string {
  const stop = locale === 'en' ? '.' : '。'
  return texts.map((text) => text.replace(/[.。]?$/, stop)).join(locale === 'en' ? ' ' : '')
}

/** An address that leads nowhere. */
export function NotFound({ home }: { home: ReactNode }) {
  const { t } = useTranslation()
  return (
    <EmptyState
      icon={Compass}
      title={t('problem.notFoundTitle')}
      text={t('problem.notFoundMend')}
      action={home}
    />
  )
}
