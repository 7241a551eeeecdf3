import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { lengthOf } from '../clock.ts'
import { giveTask } from './tasks.ts'
import { openWecomBrand, type WecomBrand } from './wecom-setup.ts'

let brand: WecomBrand
beforeEach(async () => {
  brand = await openWecomBrand()
  await brand.server.ask('PUT', '/staff/a', { name: '李店长', wecom: 'li' })
  await brand.server.ask('PUT', '/staff/b', { name: '王芳' })
  await brand.server.ask('PUT', '/customers/m1/owner', { staff: 'a' })
  await brand.server.ask('PUT', '/customers/m2/owner', { staff: 'a' })
  await brand.server.ask('PUT', '/customers/m3/owner', { staff: 'b' })
})
afterEach(() => brand.close())

const gathered = async (words = '6 seconds') => {
  brand.clock.advance(lengthOf(words))
  await brand.settled()
}
const told = () => brand.peer.staffMessages

describe('staff who get tasks', () => {
  test('are told of them in WeCom, once and together, by the app that writes to staff', async () => {
    await giveTask(brand.server, ['m1', 'm2', 'm3'])
    await gathered()
    expect(told()).toEqual([{ to: 'li', text: expect.stringContaining('2 个新任务') }])
    expect(told()[0]?.text).toContain('/own/tasks')
    await gathered('1 hour')
    expect(told()).toHaveLength(1)
  })

  test('are told again where WeCom did not hear it', async () => {
    brand.peer.behave((path) => (path === 'message/send' ? 'unavailable' : 'answer'))
    await giveTask(brand.server, ['m1'])
    await gathered()
    expect(told()).toEqual([])
    brand.peer.behave('answer')
    await gathered('61 seconds')
    expect(told()).toHaveLength(1)
  })

  test('are told nothing of what they have done already', async () => {
    const id = await giveTask(brand.server, ['m1'])
    await brand.server.ask('POST', `/tasks/${id}`, { button: 'reached' })
    await gathered()
    expect(told()).toEqual([])
  })
})
