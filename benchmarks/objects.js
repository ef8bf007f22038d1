// Training by objects: each unit and each link is one, each example walks through them by itself. This is the design of
// TensorFlow Playground's engine (src/nn.ts of tensorflow/playground), written anew, with sigmoids and cross-entropy.
// Reads {sizes, thetas, X, Y, batch, alpha, epochs, warmup, seconds} as JSON from standard input; writes
// {thetas, times}: Θ after `epochs` epochs in the order of the examples, then seconds of single epochs.
"use strict";

class Link {
  constructor(source, target, weight) {
    this.source = source;
    this.target = target;
    this.weight = weight;
    this.sum = 0; // of ∂cost/∂weight over the examples since the last update
  }
}

class Unit {
  constructor(bias) {
    this.bias = bias;
    this.incoming = [];
    this.outgoing = [];
    this.output = 0;
    this.delta = 0;
    this.sum = 0; // of ∂cost/∂bias
    this.count = 0;
  }

  fire() {
    let z = this.bias;
    for (let i = 0; i < this.incoming.length; i++) {
      const link = this.incoming[i];
      z += link.weight * link.source.output;
    }
    this.output = 1 / (1 + Math.exp(-z));
  }

  blame() {
    let error = 0;
    for (let i = 0; i < this.outgoing.length; i++) {
      const link = this.outgoing[i];
      error += link.weight * link.target.delta;
    }
    this.delta = error * this.output * (1 - this.output);
  }

  collect() {
    this.sum += this.delta;
    this.count++;
    for (let i = 0; i < this.incoming.length; i++) {
      const link = this.incoming[i];
      link.sum += this.delta * link.source.output;
    }
  }

  learn(alpha) {
    this.bias -= (alpha * this.sum) / this.count;
    this.sum = 0;
    for (let i = 0; i < this.incoming.length; i++) {
      const link = this.incoming[i];
      link.weight -= (alpha * link.sum) / this.count;
      link.sum = 0;
    }
    this.count = 0;
  }
}

function built(sizes, thetas) {
  const layers = [Array.from({ length: sizes[0] }, () => new Unit(0))];
  for (const theta of thetas) {
    const before = layers[layers.length - 1];
    const layer = theta.map((row) => {
      const unit = new Unit(row[0]);
      before.forEach((source, index) => {
        const link = new Link(source, unit, row[index + 1]);
        unit.incoming.push(link);
        source.outgoing.push(link);
      });
      return unit;
    });
    layers.push(layer);
  }
  return layers;
}

function forward(layers, x) {
  for (let i = 0; i < x.length; i++) layers[0][i].output = x[i];
  for (let l = 1; l < layers.length; l++) {
    for (let i = 0; i < layers[l].length; i++) layers[l][i].fire();
  }
}

function backward(layers, y) {
  const last = layers.length - 1;
  for (let l = last; l > 0; l--) {
    for (let i = 0; i < layers[l].length; i++) {
      const unit = layers[l][i];
      if (l === last) unit.delta = unit.output - y[i];
      else unit.blame();
      unit.collect();
    }
  }
}

function update(layers, alpha) {
  for (let l = 1; l < layers.length; l++) {
    for (let i = 0; i < layers[l].length; i++) layers[l][i].learn(alpha);
  }
}

function epoch(layers, task) {
  const m = task.X.length;
  for (let example = 0; example < m; example++) {
    forward(layers, task.X[example]);
    backward(layers, task.Y[example]);
    if ((example + 1) % task.batch === 0 || example + 1 === m) update(layers, task.alpha);
  }
}

const task = JSON.parse(require("fs").readFileSync(0, "utf8"));
const layers = built(task.sizes, task.thetas);
for (let i = 0; i < task.epochs; i++) epoch(layers, task);
const thetas = layers.slice(1).map((layer) => layer.map((u) => [u.bias, ...u.incoming.map((link) => link.weight)]));

const now = () => Number(process.hrtime.bigint()) / 1e9;
for (let i = 0; i < task.warmup; i++) epoch(layers, task);
const times = [];
for (const end = now() + task.seconds; now() < end; ) {
  const start = now();
  epoch(layers, task);
  times.push(now() - start);
}
process.stdout.write(JSON.stringify({ thetas, times }));
