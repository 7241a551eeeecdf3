import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useNotice } from '../ui/useNotice.tsx'
import { useCanvas } from './context.ts'
import styles from './Dialog.module.css'
import { exportJourney } from './export.ts'

/** Somebody else saved this journey meanwhile: nothing is written over before the marketer has chosen. */
export function StaleDialog() {
  const { t } = useTranslation('canvas')
  const { saving, document } = useCanvas()
  const notice = useNotice()
  const stale = useStore(saving.store, ({ status }) => status === 'stale')
  const [busy, setBusy] = useState<'theirs' | 'mine' | null>(null)
  const choose = (which: 'theirs' | 'mine') => {
    setBusy(which)
    const done = which === 'theirs' ? saving.takeTheirs() : saving.keepMine()
    done.catch(notice.problem).finally(() => setBusy(null))
  }
  return (
    <Modal
      open={stale}
      title={t('stale.title')}
      closable={false}
      width={460}
      data-testid="stale-dialog"
      footer={
        <>
          <Button onClick={() => exportJourney(document.getState().journey)}>{t('stale.export')}</Button>
          <Button danger loading={busy === 'mine'} data-testid="stale-mine" onClick={() => choose('mine')}>
            {t('stale.mine')}
          </Button>
          <Button
            type="primary"
            loading={busy === 'theirs'}
            data-testid="stale-theirs"
            onClick={() => choose('theirs')}
          >
            {t('stale.theirs')}
          </Button>
        </>
      }
    >
      <p className={styles.text}>{t('stale.text')}</p>
    </Modal>
  )
}
