import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { PreviewMessage } from '../../shared/api/preview.ts'
import { sayFallback } from './fallback.ts'
import styles from './WhoseText.module.css'

export interface WhoseTextProps {
  ai: PreviewMessage['ai']
  /** Whether the model is at it. */
  busy: boolean
  /** Asks the model for this message; null where none is set up. */
  onPolish: (() => void) | null
}

/** Whose text a preview shows, the marketer's or a model's, why, and a way to let the model try. */
export function WhoseText({ ai, busy, onPolish }: WhoseTextProps) {
  const { t } = useTranslation('preview')
  const { t: common } = useTranslation()
  const state = ai?.state ?? 'written'
  const reason = ai?.reason ?? null
  const words = {
    written: t(onPolish === null ? 'ai.noModel' : 'ai.written'),
    polished: t('ai.polished', { model: ai?.model ?? '' }),
    fallback: t('ai.fallback', { reason: sayFallback(reason ?? '', common) }),
  }
  const calls = { written: t('polish'), polished: t('polishAgain'), fallback: t('polishRetry') }
  return (
    <div
      className={state === 'polished' ? `${styles.whose} ${styles.model}` : styles.whose}
      data-testid="whose-text"
      data-state={state}
      aria-live="polite"
    >
      <span>
        {state === 'polished' ? '✦ ' : ''}
        {words[state]}
      </span>
      {onPolish === null ? null : (
        <Button size="small" loading={busy} data-testid="polish" onClick={onPolish}>
          {busy ? t('polishing') : calls[state]}
        </Button>
      )}
    </div>
  )
}
