import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import type { ConsentEdit } from '../../../shared/api/customer-edits.ts'
import { api } from '../../api/client.ts'
import { refresh } from '../../api/query.ts'
import { useChannelName } from '../../ui/PhoneMessage.tsx'
import { useNotice } from '../../ui/useNotice.tsx'

export interface ConsentButtonProps {
  readonly customerId: string
  readonly place: Pick<ConsentEdit, 'kind' | 'address' | 'channel'>
  readonly given: boolean
}

/** Notes what the customer has told a person of a channel: a yes, or a no, with how it was told. */
export function ConsentButton({ customerId, place, given }: ConsentButtonProps) {
  const { t } = useTranslation(['customers', 'common'])
  const channel = useChannelName()(place.channel)
  const notice = useNotice()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const word = given ? 'give' : 'withdraw'
  const close = () => {
    setOpen(false)
    setReason('')
  }
  const submit = async () => {
    setBusy(true)
    try {
      const path = `/customers/${encodeURIComponent(customerId)}/consents`
      await api.post(path, z.undefined(), { ...place, given, reason: reason.trim() })
      notice.done(t(`consent.${word}Done`, { channel }))
      close()
    } catch (problem) {
      notice.problem(problem)
    } finally {
      await refresh('/customers')
      setBusy(false)
    }
  }
  return (
    <>
      <Button
        size="small"
        danger={!given}
        type={given ? 'default' : 'text'}
        onClick={() => setOpen(true)}
        data-testid={`consent-${word}-${place.channel}`}
      >
        {t(`consent.${word}`, { channel })}
      </Button>
      <Modal
        open={open}
        title={t(`consent.${word}`, { channel })}
        okText={t(`consent.${word}Ok`)}
        cancelText={t('common:cancel')}
        okButtonProps={{ disabled: reason.trim() === '', danger: !given, loading: busy }}
        onOk={() => void submit()}
        onCancel={close}
      >
        <Form layout="vertical">
          <p>{t(`consent.${word}About`, { channel })}</p>
          <Form.Item label={t('consent.reason')} htmlFor={`reason-${place.channel}`} required>
            <Input
              id={`reason-${place.channel}`}
              value={reason}
              maxLength={500}
              placeholder={t(`consent.${word}Example`)}
              onChange={({ target }) => setReason(target.value)}
              data-testid="consent-reason"
            />
          </Form.Item>
        </Form>
      </Modal>
    </>
  )
}
