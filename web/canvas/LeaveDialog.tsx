import { Button, Modal } from 'antd'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type BlockerFunction, useBlocker } from 'react-router'
import { useCanvas } from './context.ts'
import styles from './Dialog.module.css'
import { exportJourney } from './export.ts'

/** Holds whoever goes to another page until the draft is saved, and asks where it cannot be. */
export function LeaveDialog() {
  const { t } = useTranslation('canvas')
  const { saving, document } = useCanvas()
  const unsaved = useCallback<BlockerFunction>(
    ({ currentLocation, nextLocation }) =>
      currentLocation.pathname !== nextLocation.pathname && saving.store.getState().status !== 'saved',
    [saving],
  )
  const blocker = useBlocker(unsaved)
  const [asked, setAsked] = useState(false)
  useEffect(() => {
    if (blocker.state !== 'blocked') return setAsked(false)
    let over = false
    saving.flush().then(
      () => (over ? undefined : blocker.proceed()),
      () => (over ? undefined : setAsked(true)),
    )
    return () => {
      over = true
    }
  }, [blocker, saving])
  return (
    <Modal
      open={asked}
      title={t('leave.title')}
      width={460}
      onCancel={() => blocker.reset?.()}
      data-testid="leave-dialog"
      footer={
        <>
          <Button onClick={() => exportJourney(document.getState().journey)}>{t('stale.export')}</Button>
          <Button danger data-testid="leave-go" onClick={() => blocker.proceed?.()}>
            {t('leave.go')}
          </Button>
          <Button type="primary" data-testid="leave-stay" onClick={() => blocker.reset?.()}>
            {t('leave.stay')}
          </Button>
        </>
      }
    >
      <p className={styles.text}>{t('leave.text')}</p>
    </Modal>
  )
}
