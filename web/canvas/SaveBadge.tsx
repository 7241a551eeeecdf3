import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useNotice } from '../ui/useNotice.tsx'
import { useCanvas } from './context.ts'
import styles from './SaveBadge.module.css'

/** What the journey is, and whether the draft is safe: 草稿 · 已保存. */
export function SaveBadge() {
  const { t } = useTranslation('canvas')
  const { saving, meta } = useCanvas()
  const notice = useNotice()
  const status = useStore(saving.store, (state) => state.status)
  const { status: journey, liveVersion, changed } = useStore(meta)
  const draft = status === 'saved' ? changed : true
  const what =
    liveVersion === null
      ? t('status.draft')
      : t(`status.${journey}`, { version: liveVersion }) + (draft ? t('status.changed') : '')
  const words = [what, liveVersion !== null && status === 'saved' && !changed ? null : t(`save.${status}`)]
  const text = words.filter((word) => word !== null).join(' · ')
  const tone = journey === 'live' ? styles.live : journey === 'paused' ? styles.paused : ''
  if (status === 'failed')
    return (
      <button
        type="button"
        className={`${styles.badge} ${styles.failed}`}
        data-testid="save-state"
        data-state={status}
        onClick={() => void saving.flush().catch(notice.problem)}
      >
        {text}
      </button>
    )
  return (
    <span
      className={`${styles.badge} ${status === 'stale' ? styles.failed : tone}`}
      data-testid="save-state"
      data-state={status}
      role="status"
    >
      {text}
    </span>
  )
}
