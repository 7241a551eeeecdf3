import { Button, Modal } from 'antd'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { type BlockerFunction, useBlocker } from 'react-router'
import { useUnloadGuard } from '../../ui/useUnloadGuard.ts'

export interface LeaveGuardProps {
  /** Whether something is written that is not saved. */
  changed: boolean
  saving: boolean
  /** Whether it could be saved; the form itself tells why not. */
  save: () => Promise<boolean>
}

/** Holds whoever leaves a form with unsaved changes, be it for another tab, another page or out of the browser. */
export function LeaveGuard({ changed, saving, save }: LeaveGuardProps) {
  const { t } = useTranslation('settings')
  const unsaved = useCallback<BlockerFunction>(
    ({ currentLocation, nextLocation }) =>
      changed &&
      (currentLocation.pathname !== nextLocation.pathname || currentLocation.search !== nextLocation.search),
    [changed],
  )
  const blocker = useBlocker(unsaved)
  const saveAndGo = async () => {
    if (await save()) blocker.proceed?.()
    else blocker.reset?.()
  }
  useUnloadGuard(changed)
  return (
    <Modal
      open={blocker.state === 'blocked'}
      title={t('leave.title')}
      width={440}
      onCancel={() => blocker.reset?.()}
      data-testid="leave-settings"
      footer={
        <>
          <Button onClick={() => blocker.reset?.()}>{t('leave.stay')}</Button>
          <Button danger data-testid="leave-unsaved" onClick={() => blocker.proceed?.()}>
            {t('leave.go')}
          </Button>
          <Button type="primary" loading={saving} data-testid="leave-save" onClick={saveAndGo}>
            {t('leave.save')}
          </Button>
        </>
      }
    >
      <p>{t('leave.text')}</p>
    </Modal>
  )
}
