import { App, Button, Flex, Form, Input, Modal } from 'antd'
import { useContext, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import type { CustomerAnswer } from '../../../shared/api/customers.ts'
import { localDate, localTime, parseInstant } from '../../../shared/calendar/index.ts'
import { api } from '../../api/client.ts'
import { refresh } from '../../api/query.ts'
import { MoneyInput } from '../../ui/fields/inputs.tsx'
import { useNotice } from '../../ui/useNotice.tsx'
import { BrandFormat } from '../../ui/zone.ts'

type Order = Pick<CustomerAnswer['orders'][number], 'id' | 'at' | 'amount' | 'refunded' | 'properties'>

const lines = z.array(z.string())

/** What was bought, a line each; null where the shop has sent more than names. */
function itemsOf({ properties }: Order): string | null {
  if (properties.items === undefined) return ''
  return lines.safeParse(properties.items).data?.join('\n') ?? null
}

interface Props {
  readonly customerId: string
  readonly order: Order
  readonly onClose: () => void
}

/** Corrects one order, or deletes it. */
export function OrderEditor({ customerId, order, onClose }: Props) {
  const { t } = useTranslation(['customers', 'common'])
  const { modal } = App.useApp()
  const notice = useNotice()
  const { zone } = useContext(BrandFormat)
  const before = itemsOf(order)
  const [amount, setAmount] = useState(order.amount ?? undefined)
  const [refunded, setRefunded] = useState(order.refunded)
  // As it can be typed, and read back.
  const written = `${localDate(order.at, zone)} ${localTime(order.at, zone)}`
  const [at, setAt] = useState(written)
  const [items, setItems] = useState(before)
  const [busy, setBusy] = useState(false)
  const path = `/customers/${encodeURIComponent(customerId)}/events/order/${encodeURIComponent(order.id)}`
  const moment = at === written ? order.at : parseInstant(at.trim(), zone)
  const run = async (work: () => Promise<unknown>, done: string) => {
    setBusy(true)
    try {
      await work()
      notice.done(done)
      onClose()
      await refresh('/customers')
    } catch (error) {
      notice.problem(error)
    } finally {
      setBusy(false)
    }
  }
  const save = () => {
    const { items: _items, ...others } = order.properties
    const named = (items ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
    const properties = named.length === 0 ? others : { ...others, items: named }
    const correction = {
      ...(moment === null || moment === order.at ? {} : { at: moment }),
      ...(amount === undefined || amount === order.amount ? {} : { amount }),
      ...(refunded === order.refunded ? {} : { refunded }),
      ...(items === before ? {} : { properties }),
    }
    return run(() => api.put(path, z.undefined(), correction), t('orders.saved'))
  }
  const remove = () =>
    modal.confirm({
      title: t('orders.deleteAsk', { id: order.id }),
      content: t('orders.deleteText'),
      okText: t('orders.delete'),
      cancelText: t('common:cancel'),
      okButtonProps: { danger: true },
      onOk: () => run(() => api.delete(path, z.undefined()), t('orders.deleted')),
    })
  return (
    <Modal
      open
      title={t('orders.edit', { id: order.id })}
      onCancel={onClose}
      footer={[
        <Button key="delete" danger onClick={remove} style={{ float: 'left' }} data-testid="order-delete">
          {t('orders.delete')}
        </Button>,
        <Button key="cancel" onClick={onClose}>
          {t('common:cancel')}
        </Button>,
        <Button
          key="save"
          type="primary"
          loading={busy}
          disabled={moment === null}
          onClick={save}
          data-testid="order-save"
        >
          {t('common:save')}
        </Button>,
      ]}
    >
      <Form layout="vertical">
        <Flex wrap gap="0 24px">
          <Form.Item label={t('orders.amount')} htmlFor="order-amount">
            <MoneyInput id="order-amount" value={amount} onChange={setAmount} />
          </Form.Item>
          <Form.Item label={t('orders.refunded')} htmlFor="order-refunded">
            <MoneyInput id="order-refunded" value={refunded} onChange={setRefunded} />
          </Form.Item>
        </Flex>
        <Form.Item
          label={t('orders.at')}
          htmlFor="order-at"
          {...(moment === null ? { validateStatus: 'error' as const, help: t('orders.badTime') } : {})}
        >
          <Input id="order-at" value={at} onChange={({ target }) => setAt(target.value)} />
        </Form.Item>
        {items === null ? null : (
          <Form.Item label={t('orders.items')} htmlFor="order-items">
            <Input.TextArea
              id="order-items"
              value={items}
              autoSize={{ minRows: 2, maxRows: 8 }}
              onChange={({ target }) => setItems(target.value)}
            />
          </Form.Item>
        )}
        <p style={{ color: 'var(--mp-ink-secondary)' }}>{t('orders.follows')}</p>
      </Form>
    </Modal>
  )
}
