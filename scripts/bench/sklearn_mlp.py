"""The training with scikit-learn's MLPClassifier: a `fit` of so many epochs that goes on where the last one stopped.
OPENBLAS_NUM_THREADS says how many threads multiply."""

import warnings

from contestant import serve

ACTIVATIONS = {"relu": "relu", "sigmoid": "logistic"}


class Training:
    """A classifier and the rows it is fitted to."""

    def __init__(self, images, case):
        from sklearn.neural_network import MLPClassifier

        # Nothing beside the training: no penalty, no early end, no tolerance to watch, no momentum of its own choice.
        self.images = images
        self.classifier = MLPClassifier(
            hidden_layer_sizes=case.hidden, activation=ACTIVATIONS[case.activation], batch_size=case.batch_size,
            random_state=case.seed, alpha=0, tol=0, n_iter_no_change=10**9, warm_start=True, **self.rule(**case.optimizer))

    @staticmethod
    def rule(name, lr, momentum=0.0, betas=(0.9, 0.999), eps=1e-8):
        return {"solver": name, "learning_rate_init": lr, "momentum": momentum, "nesterovs_momentum": False,
                "beta_1": betas[0], "beta_2": betas[1], "epsilon": eps}

    def train(self, epochs):
        self.classifier.set_params(max_iter=epochs)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that one epoch has not converged is known
            self.classifier.fit(self.images.train_x, self.images.train_y)

    def predict(self, x):
        return self.classifier.predict(x)


if __name__ == "__main__":
    serve("scikit-learn", "sklearn", Training)
