import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import {
  type AudienceSummary,
  type AudienceUse,
  audienceSummary,
  audienceUses,
} from '../../../shared/api/customers.ts'
import { api } from '../../api/client.ts'
import { refresh } from '../../api/query.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import { Uses } from '../Uses.tsx'

/**
 * Deletes an audience. A condition can be written again, so it is deleted at once and undone by a press; a
 * list's members cannot be brought back, so it asks. Where something uses it, it shows what: what runs never loses
 * it, and drafts do only where that is wanted.
 */
export function useDeleteAudience(): (audience: AudienceSummary) => void {
  const { t } = useTranslation(['audiences', 'common'])
  const { modal } = App.useApp()
  const notice = useNotice()
  const format = useFormat()
  const run = async (work: () => Promise<unknown>) => {
    try {
      await work()
      return true
    } catch (error) {
      notice.problem(error)
      return false
    } finally {
      await refresh('/audiences')
    }
  }
  const destroy = (key: string, drafts: 'keep' | 'drop') =>
    run(() => api.delete(`/audiences/${key}?drafts=${drafts}`, z.unknown()))
  const showUses = ({ key, name }: AudienceSummary, uses: readonly AudienceUse[]) => {
    const title = t('uses.title', { name: format.text(name) })
    const onlyDrafts = uses.every(({ state }) => state === 'draft')
    const about = t(onlyDrafts ? 'uses.drafts' : 'uses.running')
    const content = <Uses uses={uses} about={about} onLeave={() => shown.destroy()} />
    const shared = { title, width: 520, content }
    const shown = onlyDrafts
      ? modal.confirm({
          ...shared,
          okText: t('uses.remove'),
          cancelText: t('common:cancel'),
          okButtonProps: { danger: true },
          onOk: async () => {
            if (await destroy(key, 'drop')) notice.done(t('deleted', { name: format.text(name) }))
          },
        })
      : modal.warning({ ...shared, okText: t('uses.close') })
  }
  const removeUnused = (audience: AudienceSummary) => {
    const { key, name, condition, size } = audience
    const said = format.text(name)
    if (condition === null) {
      modal.confirm({
        title: t('deleteAsk.title', { name: said }),
        content: t('deleteAsk.text', { count: size }),
        okText: t('deleteAsk.ok'),
        cancelText: t('common:cancel'),
        okButtonProps: { danger: true },
        onOk: async () => {
          if (await destroy(key, 'keep')) notice.done(t('deleted', { name: said }))
        },
      })
      return
    }
    const restore = () => run(() => api.post('/audiences', audienceSummary, { key, name, condition }))
    void destroy(key, 'keep').then((gone) => {
      if (gone) notice.undoable(t('deleted', { name: said }), () => void restore())
    })
  }
  return (audience) =>
    void api
      .get(`/audiences/${audience.key}/uses`, audienceUses)
      .then(({ uses }) => (uses.length > 0 ? showUses(audience, uses) : removeUnused(audience)))
      .catch(notice.problem)
}
